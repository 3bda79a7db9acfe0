#!/usr/bin/env bash
# The action's step: annotations into the step's log, a report into its summary, files for what follows.
set -euo pipefail

rlog() {
	node "${GITHUB_ACTION_PATH:-$(dirname "$0")}/../../../bin/rlog.js" "$@"
}

logs=()
while IFS= read -r line; do
	line="${line#"${line%%[![:space:]]*}"}"
	line="${line%"${line##*[![:space:]]}"}"
	if [ -n "$line" ]; then logs+=("$line"); fi
done <<<"${RLOG_LOGS:-}"
if [ "${#logs[@]}" -eq 0 ]; then
	echo "::error::rlog: no logs given; name files, folders or patterns in 'logs', one a line"
	exit 1
fi

report=${RLOG_REPORT:-rlog-report}
gates=()
if [ -n "${RLOG_FAIL_ON:-}" ]; then gates=(--fail-on "$RLOG_FAIL_ON"); fi

summary=$(mktemp -d)
trap 'rm -rf "$summary"' EXIT
status=0
rlog analyze --format github -o "$report.json" -o "$report.sarif" -o "$summary/summary.md" \
	"${gates[@]+"${gates[@]}"}" -- "${logs[@]}" || status=$?

if [ -f "$summary/summary.md" ]; then cat "$summary/summary.md" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"; fi
if [ -f "$report.json" ]; then
	{
		echo "report=$report.json"
		echo "sarif=$report.sarif"
	} >>"${GITHUB_OUTPUT:-/dev/null}"
fi
exit "$status"
