// The live events a page reacts to.
export const KINDS = [
  "message", "edited", "deleted", "pinned", "read", "action", "toast",
  "clock", "commands", "person", "members", "onboarding", "reset",
  "due", "tour",
];
