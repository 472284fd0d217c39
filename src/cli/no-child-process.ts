/**
 * What the bundle holds in the place of `node:child_process`.
 *
 * commander loads it for subcommands that are programs of their own; there are none, and loading it takes 8 ms.
 */
export {};
