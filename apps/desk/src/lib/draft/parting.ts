/** Whoever signs out takes what is not sent along: a form that closes behind them writes nothing back, until somebody has signed in. */
export const parting = { now: false };
