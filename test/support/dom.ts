// Set-up of component tests: icons come from the bundled set, never from the network.
import { addAPIProvider, addCollection } from '@iconify/vue'
import lucide from '@iconify-json/lucide/icons.json' with { type: 'json' }

addAPIProvider('', { resources: [] })
addCollection(lucide)
