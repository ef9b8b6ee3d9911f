// Before end-to-end tests: the bundles are made from the present sources.
import { buildStale } from '../../main/build.ts'

export default async function built(): Promise<void> {
  await buildStale({ log: console.log })
}
