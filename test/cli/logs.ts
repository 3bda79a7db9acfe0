/** Logs of a primary and a replica: a first sync, then a full resync for lack of backlog. */

export const primaryLog = `9884:C 21 Nov 2026 20:29:51.142 * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo
9884:C 21 Nov 2026 20:29:51.142 * Redis version=7.2.4, bits=64, commit=00000000, modified=0, pid=9884, just started
9884:M 21 Nov 2026 20:29:51.143 * Running mode=standalone, port=12990.
9884:M 21 Nov 2026 20:29:51.144 * Ready to accept connections tcp
9884:M 21 Nov 2026 20:29:51.177 * Replica 127.0.0.1:12991 asks for synchronization
9884:M 21 Nov 2026 20:29:51.177 * Full resync requested by replica 127.0.0.1:12991
9884:M 21 Nov 2026 20:29:51.177 * Replication backlog created, my new replication IDs are '40052074608ff5ee488105d7ea2b4ac58d759566' and '0000000000000000000000000000000000000000'
9884:M 21 Nov 2026 20:29:51.177 * Starting BGSAVE for SYNC with target: disk
9884:M 21 Nov 2026 20:29:51.246 * Background saving terminated with success
9884:M 21 Nov 2026 20:29:51.246 * Synchronization with replica 127.0.0.1:12991 succeeded
9884:M 21 Nov 2026 20:29:56.158 # Disconnecting timedout replica (streaming sync): 127.0.0.1:12991
9884:M 21 Nov 2026 20:29:56.158 * Connection with replica 127.0.0.1:12991 lost.
9884:M 21 Nov 2026 20:29:58.262 * Replica 127.0.0.1:12991 asks for synchronization
9884:M 21 Nov 2026 20:29:58.262 * Unable to partial resync with replica 127.0.0.1:12991 for lack of backlog (Replica request was: 57).
9884:M 21 Nov 2026 20:29:58.262 * Starting BGSAVE for SYNC with target: disk
9884:M 21 Nov 2026 20:29:58.364 * Background saving terminated with success
9884:M 21 Nov 2026 20:29:58.364 * Synchronization with replica 127.0.0.1:12991 succeeded
`;

export const replicaLog = `9889:C 21 Nov 2026 20:29:51.174 * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo
9889:C 21 Nov 2026 20:29:51.174 * Redis version=7.2.4, bits=64, commit=00000000, modified=0, pid=9889, just started
9889:S 21 Nov 2026 20:29:51.175 * Running mode=standalone, port=12991.
9889:S 21 Nov 2026 20:29:51.177 * Connecting to MASTER 127.0.0.1:12990
9889:S 21 Nov 2026 20:29:51.177 * MASTER <-> REPLICA sync started
9889:S 21 Nov 2026 20:29:51.177 * Partial resynchronization not possible (no cached master)
9889:S 21 Nov 2026 20:29:51.178 * Full resync from master: 40052074608ff5ee488105d7ea2b4ac58d759566:0
9889:S 21 Nov 2026 20:29:51.246 * MASTER <-> REPLICA sync: receiving 5867 bytes from master to disk
9889:S 21 Nov 2026 20:29:51.248 * MASTER <-> REPLICA sync: Finished with success
9889:S 21 Nov 2026 20:29:58.262 * Connection with master lost.
9889:S 21 Nov 2026 20:29:58.262 * Caching the disconnected master state.
9889:S 21 Nov 2026 20:29:58.262 * Reconnecting to MASTER 127.0.0.1:12990
9889:S 21 Nov 2026 20:29:58.262 * MASTER <-> REPLICA sync started
9889:S 21 Nov 2026 20:29:58.262 * Trying a partial resynchronization (request 40052074608ff5ee488105d7ea2b4ac58d759566:57).
9889:S 21 Nov 2026 20:29:58.264 * Full resync from master: 40052074608ff5ee488105d7ea2b4ac58d759566:413183
9889:S 21 Nov 2026 20:29:58.364 * MASTER <-> REPLICA sync: receiving 11670 bytes from master to disk
9889:S 21 Nov 2026 20:29:58.366 * MASTER <-> REPLICA sync: Finished with success
`;
