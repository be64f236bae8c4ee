/** The name in rows of the agent that is a study's control. @example agentOfControl('idle') // 'control/idle' */
export function agentOfControl(control: string): string {
  return `control/${control}`
}

/** The name under which a study holds the control of a row. @example controlNamed('control/idle') // 'idle' */
export function controlNamed(agent: string): string {
  return agent.replace(/^control\//, '')
}
