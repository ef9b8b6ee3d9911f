// The contract, ready to be implemented; one feature a file.
import { implement } from '@orpc/server'
import { contract } from './contract/index.ts'

export const api = implement(contract)
