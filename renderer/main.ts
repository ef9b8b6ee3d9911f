// Boot of the window: styles, icons, stores, routes, the root component.
import './main.css'
import ui from '@nuxt/ui/vue-plugin'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './app/App.vue'
import { createAppRouter } from './app/routes.ts'
import { applyTheme } from './app/theme.ts'

applyTheme()
createApp(App).use(createPinia()).use(createAppRouter()).use(ui).mount('#app')
