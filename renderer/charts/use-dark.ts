// Whether the page is dark now: follows the class that the colour mode sets on the root.
import { onScopeDispose, ref, type Ref } from 'vue'

export function useDark(): Readonly<Ref<boolean>> {
  const root = document.documentElement
  const dark = ref(root.classList.contains('dark'))
  const observer = new MutationObserver(() => { dark.value = root.classList.contains('dark') })
  observer.observe(root, { attributes: true, attributeFilter: ['class'] })
  onScopeDispose(() => { observer.disconnect() })
  return dark
}
