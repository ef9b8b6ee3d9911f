// Addresses: `#/` is the start screen, `#/p/<place>?project=…&filters…` a place of a project.
import { createRouter, createWebHashHistory, type RouteRecordRaw, type Router } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'start', component: () => import('../features/start/view.vue'), meta: { title: 'Start' } },
  { path: '/p/data', name: 'data', component: () => import('../features/data/view.vue'), meta: { title: 'Data', project: true } },
  { path: '/p/label', name: 'label', component: () => import('../features/label/view.vue'), meta: { title: 'Label', project: true } },
  { path: '/p/model', name: 'model', component: () => import('../features/model/view.vue'), meta: { title: 'Model', project: true } },
  { path: '/p/train', name: 'train', component: () => import('../features/train/view.vue'), meta: { title: 'Train', project: true } },
  { path: '/p/runs', name: 'runs', component: () => import('../features/runs/view.vue'), meta: { title: 'Runs', project: true } },
  { path: '/p/evaluate', name: 'evaluate', component: () => import('../features/evaluate/view.vue'), meta: { title: 'Evaluate', project: true } },
  { path: '/p/explain', name: 'explain', component: () => import('../features/explain/view.vue'), meta: { title: 'Explain', project: true } },
  { path: '/p/export', name: 'export', component: () => import('../features/export/view.vue'), meta: { title: 'Export', project: true } },
  { path: '/p/settings', name: 'settings', component: () => import('../features/settings/view.vue'), meta: { title: 'Settings' } },
  { path: '/experiment', name: 'experiment', component: () => import('../features/experiment/view.vue'), meta: { title: 'Experiment' } },
  { path: '/:rest(.*)*', redirect: '/' },
]

export function createAppRouter(): Router {
  const router = createRouter({ history: createWebHashHistory(), routes })
  router.beforeEach((to) => (to.meta['project'] === true && typeof to.query['project'] !== 'string' ? '/' : true))
  router.afterEach((to) => { document.title = typeof to.meta['title'] === 'string' ? `${to.meta['title']} · Lathe` : 'Lathe' })
  keepEarlyAddress(router)
  return router
}

/** An address given while the first page is still loading is not heard by the router: it is gone to afterwards. */
function keepEarlyAddress(router: Router): void {
  let asked: string | null = null
  const hear = (): void => { asked = location.hash.slice(1) }
  window.addEventListener('hashchange', hear)
  void router.isReady().finally(() => {
    window.removeEventListener('hashchange', hear)
    if (asked !== null) void router.replace(asked)
  })
}
