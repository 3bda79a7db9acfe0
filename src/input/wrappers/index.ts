import { cloudwatch, cloudwatchJson } from "./cloudwatch.ts";
import { compose } from "./compose.ts";
import { cri } from "./cri.ts";
import { dockerJson } from "./docker-json.ts";
import { elasticsearch } from "./elasticsearch.ts";
import { glog } from "./glog.ts";
import { grep } from "./grep.ts";
import { journald } from "./journald.ts";
import { journaldJson } from "./journald-json.ts";
import { jsonFields } from "./json-fields.ts";
import { kubectlPrefix } from "./kubectl-prefix.ts";
import { label } from "./label.ts";
import { loki, lokiJson } from "./loki.ts";
import { paas } from "./paas.ts";
import { stern } from "./stern.ts";
import { syslog } from "./syslog.ts";
import { syslog5424 } from "./syslog5424.ts";
import { timestamp } from "./timestamp.ts";
import type { Wrapper } from "./wrapper.ts";

/** Every wrapper that is known, the most particular first: the first that leaves a server's line wins. */
export const wrappers: readonly Wrapper[] = Object.freeze([
	dockerJson,
	cri,
	kubectlPrefix,
	journaldJson,
	elasticsearch,
	cloudwatchJson,
	lokiJson,
	jsonFields,
	syslog5424,
	syslog,
	journald,
	paas,
	glog,
	loki,
	compose,
	stern,
	cloudwatch,
	timestamp,
	grep,
	label,
]);
