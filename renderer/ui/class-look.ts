// How a class is shown: its name and the place that gives its colour and key.
export interface ClassLook {
  readonly name: string
  readonly position: number
}
