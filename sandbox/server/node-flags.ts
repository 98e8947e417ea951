/**
 * Flags of Node for the process of the course. V8's young generation grows to three times this many
 * megabytes, whatever lives in it: a flood of short-lived buffers would cost a hundred megabytes more.
 */
export const nodeFlags = ['--max-semi-space-size=8'];
