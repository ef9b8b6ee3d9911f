// The stand-in of the `electron` module: the parts that main/electron uses.
export { app } from './app.ts'
export { ipcMain, protocol, session } from './doors.ts'
export { dialog, Menu, nativeTheme, screen } from './natives.ts'
export { MessageChannelMain } from './ports.ts'
export { utilityProcess } from './utility-process.ts'
export { BrowserWindow } from './window.ts'
