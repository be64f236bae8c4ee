export { defineWorld } from './world.ts'
export type { ActResult, World, WorldSession, WorldSpec, WorldTool } from './world.ts'
