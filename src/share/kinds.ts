/** What a log says of the people and machines behind it. */
export const kinds = ["address", "id", "host", "name", "user", "path", "secret"] as const;
export type Kind = (typeof kinds)[number];

/** Words that name no one: they stand in every log, or in the documentation. */
const common = new Set(
	(
		"redis valkey keydb sentinel cluster server master masters slave slaves primary replica replicas leader " +
		"follower node nodes host hosts localhost default mymaster main log logs info role app data db cache old new " +
		"all none null nil unknown user users root admin client clients container pod file files line stdin events " +
		"redis-cli valkey-cli redis-server valkey-server redis-sentinel valkey-sentinel keydb-server superuser"
	).split(" "),
);

/** Whether a name could be anybody's: `primary`, `node-2`, `redis-replica.log`. */
export function isCommon(name: string): boolean {
	const words = name.toLowerCase().split(/[^a-z]+/);
	return common.has(name.toLowerCase()) || words.every((word) => word === "" || common.has(word));
}

/** Folders that every system has. */
const systemFolders = new Set(
	(
		"bin boot dev etc home lib lib64 log logs mnt opt proc root run sbin srv sys tmp usr var local share data " +
		"redis valkey keydb sentinel conf config kernel mm transparent_hugepage enabled net core somaxconn fd self " +
		"path to containers pods docker container systemd system kubernetes secrets redis-server valkey-server redis-sentinel " +
		"redis-cli valkey-cli app Users Windows"
	).split(" "),
);
/** Files of the servers and of every system. */
const systemFiles =
	/^(?:redis|valkey|keydb|sentinel|dump|appendonly|temp|nodes|users|sysctl|rc|stdout|stderr|null)[\w-]*\.?(?:conf|rdb|aof|acl|log|local|sock|pid|manifest)?(?:\.\d+)*$/;

export const isSystemPart = (part: string): boolean =>
	part === "" || part === "." || part === ".." || systemFolders.has(part) || systemFiles.test(part);

/** Public sites that the servers name themselves. */
const publicSites =
	/(?:^|\.)(?:redis\.io|redis\.com|valkey\.io|keydb\.dev|github\.com|kernel\.org|ietf\.org)$/i;

export const isPublicSite = (host: string): boolean => publicSites.test(host);

const octets = (address: string): number[] => address.split(".").map(Number);

/** An IPv4 address that tells nothing: this machine, none, or a mask. */
export function isNobody(address: string): boolean {
	const [a = 0] = octets(address);
	return a === 0 || a === 127 || a === 255 || octets(address).some((octet) => octet > 255);
}

/** Networks by what their addresses mean; an address stays in its own. The last is for documentation. */
const networks: readonly (readonly [is: (a: number, b: number) => boolean, prefix: string])[] = [
	[(a) => a === 10, "10.0"],
	[(a, b) => a === 192 && b === 168, "192.168"],
	[(a, b) => a === 172 && b >= 16 && b < 32, "172.16"],
	[(a, b) => a === 100 && b >= 64 && b < 128, "100.64"],
	[(a, b) => a === 169 && b === 254, "169.254"],
	[(a) => a >= 224, "239.255"],
	[() => true, "198.18"],
];

/** The n-th address of the network that an address is in. */
export function addressLike(address: string, n: number): string {
	if (address.includes(":")) {
		const low = address.toLowerCase();
		const prefix = low.startsWith("fe80") ? "fe80" : /^f[cd]/.test(low) ? "fd00" : "2001:db8";
		return `${prefix}::${n.toString(16)}`;
	}
	const [a = 0, b = 0] = octets(address);
	const [, prefix] = networks.find(([is]) => is(a, b)) ?? [undefined, "198.18"];
	return `${prefix}.${(n >> 8) & 255}.${n & 255}`;
}
