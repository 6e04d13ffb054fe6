import type { Command } from 'commander'

/** A command of `parent`: by its name, and never without what it is for. */
export const command = (parent: Command, name: string, about: string): Command =>
  parent.command(name).description(about)
