import { section } from "./entry.ts";

export const cpu = section("CPU", {
	used_cpu_sys: {
		unit: "seconds",
		means: "Time the server spent inside the kernel, all its threads together.",
	},
	used_cpu_user: {
		unit: "seconds",
		means: "Time the server spent on its own work, all its threads together.",
		worry:
			"With used_cpu_sys it grows by about a second each second: the main thread is at its limit, and pings to replicas come late.",
	},
	used_cpu_sys_children: {
		unit: "seconds",
		means: "Kernel time of the finished child processes (saves, rewrites).",
	},
	used_cpu_user_children: { unit: "seconds", means: "Own time of the finished child processes." },
	used_cpu_sys_main_thread: { unit: "seconds", means: "Kernel time of the main thread alone.", since: "6.2" },
	used_cpu_user_main_thread: { unit: "seconds", means: "Own time of the main thread alone.", since: "6.2" },
	used_active_time_main_thread: {
		unit: "seconds",
		means: "Time the main thread really worked, its busy waiting left out.",
		worry: "It grows by about a second each second: the main thread is at its limit.",
		since: "Valkey 9.1",
	},
	used_active_time_io_thread_N: {
		unit: "seconds",
		means: "Time one I/O thread really worked.",
		since: "Valkey 9",
	},
});

export const threads = section("Threads", {
	io_thread_N: {
		unit: "pairs",
		means: "One I/O thread: the clients it serves and how many reads and writes it has done.",
		since: "Redis 8.0",
	},
});
