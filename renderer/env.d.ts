// Types of single-file components for the plain TypeScript compiler.
declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent
  export default component
}
