// What oRPC's JSON cannot carry by itself, over a real port.
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { os, type RouterClient } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { expect, onTestFinished, test } from 'vitest'
import { serializers } from './serializers.ts'

const value = {
  floats: Float32Array.of(1.5, -0, Infinity, NaN),
  empty: new Float32Array(0),
  part: new Uint8Array([1, 2, 3, 4]).subarray(1, 3),
  ints: Int32Array.of(-1, 2 ** 31 - 1),
  large: new Uint8Array(100_000).fill(7),
  infinite: [Infinity, -Infinity, 1],
  missing: [NaN, null, undefined],
  nested: { deep: [{ map: Float32Array.of(3) }] },
}

test('typed arrays, infinities and NaN arrive as they were', async () => {
  const router = { value: os.handler(() => value) }
  const { port1, port2 } = new MessageChannel()
  onTestFinished(() => { port1.close() })
  new RPCHandler(router, { customJsonSerializers: serializers }).upgrade(port1)
  port1.start()
  const client: RouterClient<typeof router> = createORPCClient(new RPCLink({ port: port2, customJsonSerializers: serializers }))
  port2.start()
  const got = await client.value()
  expect(got).toEqual({ ...value, part: Uint8Array.of(2, 3) })
  expect(got.floats).toBeInstanceOf(Float32Array)
  expect(Object.is(got.floats[1], -0)).toBe(true)
})
