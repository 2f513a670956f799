#!/usr/bin/env bash
# Times detctl beside kubeconform, yamllint and check-jsonschema, and on Helm values beside helm with a small
# chart of its own: the same files, the same machine, one run. Needs cargo, and go or python3 for the peers; a peer that cannot be had is left out and
# named. Peers are installed once, into a cache folder outside of the repository.
#
#   tests/bench/peers.sh [FILES] [RUNS]      1,000 files and 7 runs unless told otherwise
set -euo pipefail

files=${1:-1000}
runs=${2:-7}
root=$(cd "$(dirname "$0")/../.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/detctl-peers
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$cache"

note() { printf '%s\n' "$*" >&2; }

install_peers() {
  if [[ ! -x $cache/bin/kubeconform ]]; then
    if command -v go >/dev/null; then
      GOBIN=$cache/bin go install github.com/yannh/kubeconform/cmd/kubeconform@latest ||
        note "kubeconform could not be installed"
    else
      note "no go: kubeconform is left out"
    fi
  fi
  if [[ ! -x $cache/bin/helm ]] && command -v go >/dev/null; then
    GOBIN=$cache/bin go install helm.sh/helm/v3/cmd/helm@latest || note "helm could not be installed"
  fi
  if [[ ! -x $cache/venv/bin/check-jsonschema ]]; then
    if python3 -m venv "$cache/venv"; then
      "$cache/venv/bin/pip" install --quiet yamllint check-jsonschema ||
        note "yamllint and check-jsonschema could not be installed"
    else
      note "no python3 with venv: yamllint and check-jsonschema are left out"
    fi
  fi
}

# A configuration of several resource managers, about 7 kB, with the two keys that kubeconform wants.
one_file() {
  printf 'apiVersion: detctl.test/v1\nkind: MasterConfig\n'
  printf 'resource_manager:\n  type: kubernetes\n  cluster_name: onprem-%d\n  max_slots_per_pod: 8\n' "$1"
  printf 'resource_pools:\n'
  pools "$1-a" 2
  printf 'additional_resource_managers:\n'
  for manager in 1 2 3 4; do
    printf -- '- resource_manager:\n    type: kubernetes\n    cluster_name: cloud-%d-%d\n    max_slots_per_pod: 8\n' "$1" "$manager"
    printf '  resource_pools:\n'
    pools "$1-$manager" 8
  done
}

pools() {
  for ((pool = 0; pool < $2; pool++)); do
    printf -- '  - pool_name: pool-%s-%d\n    description: "GPUs of rack %d" # as in the inventory\n' "$1" "$pool" "$pool"
    printf '    max_aux_containers_per_agent: 100\n    provider: null\n    task_container_defaults:\n      shm_size_bytes: 4294967296\n'
  done
}

write_files() {
  mkdir -p "$work/files" "$work/schemas"
  for ((number = 0; number < files; number++)); do
    one_file "$number" >"$work/files/$number.yaml"
  done
  cat >"$work/schemas/masterconfig-detctl-v1.json" <<'SCHEMA'
{"type": "object", "required": ["resource_manager"], "properties": {
  "resource_manager": {"$ref": "#/definitions/manager"},
  "resource_pools": {"$ref": "#/definitions/pools"},
  "additional_resource_managers": {"type": "array", "items": {"type": "object", "properties": {
    "resource_manager": {"$ref": "#/definitions/manager"}, "resource_pools": {"$ref": "#/definitions/pools"}}}}},
 "definitions": {
  "manager": {"type": "object", "properties": {"type": {"enum": ["agent", "kubernetes"]},
    "cluster_name": {"type": "string"}, "max_slots_per_pod": {"type": "integer"}}},
  "pools": {"type": "array", "items": {"type": "object", "required": ["pool_name"], "properties": {
    "pool_name": {"type": "string"}, "description": {"type": "string"}}}}}}
SCHEMA
}

# A configuration of so many resource managers with so many pools each.
configuration() {
  printf 'resource_manager:\n  type: kubernetes\n  cluster_name: home\n  max_slots_per_pod: 8\nresource_pools:\n'
  pools home "$2"
  printf 'additional_resource_managers:\n'
  for ((manager = 1; manager < $1; manager++)); do
    printf -- '- resource_manager:\n    type: kubernetes\n    cluster_name: cloud-%d\n    max_slots_per_pod: 8\n' "$manager"
    printf '    kubeconfig_path: /etc/kube/%d\n    determined_master_host: det.example.com\n' "$manager"
    printf '    determined_master_port: 8080\n  resource_pools:\n'
    pools "$manager" "$2"
  done
}

# Values of about the same size, and a chart that prints them as the Determined chart does: some without quotes, some with,
# lists as YAML.
write_values() {
  mkdir -p "$work/values" "$work/chart/templates"
  printf 'apiVersion: v2\nname: small\nversion: 0.0.1\n' >"$work/chart/Chart.yaml"
  printf 'masterPort: 8080\n' >"$work/chart/values.yaml"
  cat >"$work/chart/templates/config.yaml" <<'TEMPLATE'
apiVersion: v1
kind: Secret
metadata:
  name: config-{{ .Release.Name }}
stringData:
  master.yaml: |
    slots: {{ required "slots are required" .Values.maxSlotsPerPod }}
    password: {{ .Values.initialUserPassword | quote }}
    resource_pools:
      {{- toYaml .Values.resourcePools | nindent 6 }}
    additional:
    {{- range $index, $each := .Values.additional_resource_managers }}
      - {{ $index }}: {{ $each.resource_manager.cluster_name }}
        {{- toYaml $each.resource_pools | nindent 8 }}
    {{- end }}
TEMPLATE
  for ((number = 0; number < files; number++)); do
    {
      printf 'maxSlotsPerPod: 8\ninitialUserPassword: Sample9Word\nresourcePools:\n'
      pools "$number-a" 2
      printf 'additional_resource_managers:\n'
      for manager in 1 2 3 4; do
        printf -- '- resource_manager:\n    type: kubernetes\n    cluster_name: cloud-%d-%d\n    max_slots_per_pod: 8\n' "$number" "$manager"
        printf '    kubeconfig_secret_name: cloud-%d\n    kubeconfig_secret_value: config\n  resource_pools:\n' "$manager"
        pools "$number-$manager" 8
      done
    } >"$work/values/$number.yaml"
  done
}

# Seconds, the median of the runs. The command runs in the folder of the files.
median() {
  if command -v hyperfine >/dev/null; then
    hyperfine --shell=none --ignore-failure --warmup 1 --runs "$runs" --export-csv "$work/times.csv" "$*" >/dev/null 2>&1
    awk -F, 'NR == 2 { printf "%.4f\n", $(NF - 4) }' "$work/times.csv"
    return
  fi
  "$@" >/dev/null 2>&1 || true
  for ((run = 0; run < runs; run++)); do
    local start=$EPOCHREALTIME
    "$@" >/dev/null 2>&1 || true
    awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.4f\n", b - a }'
  done | sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'
}

compare() {
  local title=$1 ours="" seconds name
  shift
  printf '\n%s\n' "$title"
  while (($#)); do
    name=$1
    read -r -a line <<<"$2"
    shift 2
    if [[ ! -x ${line[0]} ]]; then
      printf '  %-18s not there\n' "$name"
      continue
    fi
    seconds=$(median "${line[@]}")
    ours=${ours:-$seconds}
    awk -v n="$name" -v s="$seconds" -v o="$ours" 'BEGIN { printf "  %-18s %9.1f ms   %6.1f x detctl\n", n, s * 1000, s / o }'
  done
}

install_peers
(cd "$root" && cargo build --release --quiet)
write_files
write_values
detctl=$root/target/release/detctl
kubeconform="$cache/bin/kubeconform -schema-location $work/schemas/{{.ResourceKind}}-detctl-v1.json"
json_schema="$cache/venv/bin/check-jsonschema --schemafile $work/schemas/masterconfig-detctl-v1.json"

cd "$work/files"
bytes=$(cat ./*.yaml | wc -c)
printf '%d files, %d bytes each on average, %d runs, %d processors\n' "$files" $((bytes / files)) "$runs" "$(nproc)"

compare "all files" \
  detctl "$detctl validate --kind master --format concise ." \
  kubeconform "$kubeconform -n $(nproc) ." \
  check-jsonschema "$json_schema $(printf '%s ' ./*.yaml)" \
  yamllint "$cache/venv/bin/yamllint -d relaxed ."
compare "one file" \
  detctl "$detctl validate --kind master --format concise 0.yaml" \
  kubeconform "$kubeconform 0.yaml" \
  check-jsonschema "$json_schema 0.yaml" \
  yamllint "$cache/venv/bin/yamllint -d relaxed 0.yaml"

cd "$work/values"
compare "one file of Helm values" \
  detctl "$detctl validate --kind helm-values --format concise 0.yaml" \
  "helm template" "$cache/bin/helm template small $work/chart -f 0.yaml" \
  "helm lint" "$cache/bin/helm lint $work/chart -f 0.yaml"
compare "all files of Helm values" \
  detctl "$detctl validate --kind helm-values --format concise ."

# A configuration of 4 resource managers with 20 pools each, and the values that are made of it.
cd "$work"
configuration 4 20 >configuration.yaml
"$detctl" render-helm -q configuration.yaml -o configuration.values.yaml
compare "values of 4 resource managers with 20 pools each" \
  detctl "$detctl render-helm -q configuration.yaml" \
  "helm template" "$cache/bin/helm template small $root/tests/helm/chart --set initialUserPassword=Sample9Word -f configuration.values.yaml"
