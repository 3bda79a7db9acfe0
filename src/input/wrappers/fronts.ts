const STAMP = String.raw`(?:\d\d? [A-Z][a-z]{2} |\d{4}-\d\d-\d\d[T ]|\d{13} )`;

/** Source of a pattern that opens like a server's line, for lookaheads. */
export const FRONT = String.raw`(?:(?:[0-9A-Za-z]{1,20}:){1,2}[XCSM] +|\[ ?\d{1,10}\] +)${STAMP}|\d{1,10}:signal[- ]handler \(|\[\d{1,10} \| signal handler\] |pid=\d{1,10} role=|\{"pid":\d`;
