// Speaks the language server protocol with yaml-language-server, as an editor does.
'use strict';
const fs = require('fs');
const path = require('path');
const { spawn } = require('child_process');
const { pathToFileURL } = require('url');

const tools = path.resolve(process.argv[2]);
const server = spawn(process.execPath, [path.join(tools, 'node_modules/yaml-language-server/bin/yaml-language-server'), '--stdio'], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const waiting = new Map();
const complaints = new Map();
let buffer = Buffer.alloc(0);
let number = 0;

server.stdout.on('data', (data) => {
  buffer = Buffer.concat([buffer, data]);
  for (;;) {
    const end = buffer.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, end).toString())[1]);
    if (buffer.length < end + 4 + length) return;
    receive(JSON.parse(buffer.subarray(end + 4, end + 4 + length).toString()));
    buffer = buffer.subarray(end + 4 + length);
  }
});

function receive(message) {
  if (message.method === 'textDocument/publishDiagnostics') {
    const { uri, diagnostics } = message.params;
    (complaints.get(uri) || (() => {}))(diagnostics);
  } else if (message.method && message.id !== undefined) {
    const result = message.method === 'workspace/configuration' ? message.params.items.map((item) => settings[item.section] || {}) : null;
    send({ id: message.id, result });
  } else if (waiting.has(message.id)) {
    waiting.get(message.id)(message.result);
  }
}

function send(message) {
  const text = JSON.stringify({ jsonrpc: '2.0', ...message });
  server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
}

function ask(method, params) {
  number += 1;
  const id = number;
  send({ id, method, params });
  return new Promise((resolve) => waiting.set(id, resolve));
}

const settings = { yaml: { validate: true, hover: true, completion: true, schemaStore: { enable: false } } };

// Opens a text beside the schemas and gives back its address, with the complaints about it.
async function open(name, text) {
  const file = path.join(tools, name);
  fs.writeFileSync(file, text);
  const uri = pathToFileURL(file).href;
  const found = new Promise((resolve) => complaints.set(uri, resolve));
  send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'yaml', version: 1, text } } });
  return { uri, diagnostics: await found };
}

const failures = [];
function expect(holds, what) {
  console.log(`${holds ? 'ok' : 'FAILED'}: ${what}`);
  if (!holds) failures.push(what);
}

async function checkMaster() {
  const line = '# yaml-language-server: $schema=master.schema.json\n';
  const good = line + fs.readFileSync('fixtures/clusters/onprem-gke-eks/master.yaml', 'utf8');
  const { diagnostics } = await open('good.yaml', good);
  expect(diagnostics.length === 0, `a good file has no complaint ${JSON.stringify(diagnostics)}`);

  const text = `${line}resource_manager:
  type: kubernetes
  max_slots_per_pod: many
  resource_pools: []
  na
resource_pools:
  - pool_name: a
additional_resource_manager: []
Port: 8080
`;
  const draft = await open('draft.yaml', text.replace('  na\n', ''));
  const lines = [...new Set(draft.diagnostics.filter((one) => one.severity <= 2).map((one) => one.range.start.line))].sort((a, b) => a - b);
  expect(JSON.stringify(lines) === '[3,4,7]', `the lines with faults are marked ${JSON.stringify(draft.diagnostics.map((one) => [one.range.start.line, one.message]))}`);

  const hover = await ask('textDocument/hover', { textDocument: { uri: draft.uri }, position: { line: 3, character: 5 } });
  const words = JSON.stringify(hover);
  expect(words.includes('slots of the largest pod'), `a key is explained ${words}`);

  const typing = await open('typing.yaml', text);
  const offered = await ask('textDocument/completion', { textDocument: { uri: typing.uri }, position: { line: 5, character: 4 } });
  const labels = (offered.items || offered).map((item) => item.label);
  expect(labels.includes('kubeconfig_path') && !labels.includes('launcher_jvm_args'), `the keys of the type are offered ${labels}`);
}

async function checkValues() {
  const line = '# yaml-language-server: $schema=helm-values.schema.json\n';
  const manager = (keys) => `additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: west
${keys}      kubeconfig_secret_name: west
      kubeconfig_secret_value: config
    resource_pools:
      - pool_name: west
`;
  const start = `${line}maxSlotsPerPod: 4
defaultComputeResourcePool: a100
`;
  const good = await open('good-values.yaml', start + manager('      max_slots_per_pod: 2\n'));
  expect(good.diagnostics.length === 0, `good values have no complaint ${JSON.stringify(good.diagnostics)}`);
  const draft = await open('draft-values.yaml', start + manager('      maxSlotsPerPod: 2\n'));
  const lines = [...new Set(draft.diagnostics.map((one) => one.range.start.line))];
  expect(JSON.stringify(lines) === '[7]', `a key that is not translated is marked ${JSON.stringify(draft.diagnostics.map((one) => [one.range.start.line, one.message]))}`);
  const hover = JSON.stringify(await ask('textDocument/hover', { textDocument: { uri: good.uri }, position: { line: 1, character: 5 } }));
  expect(hover.includes('slots of the largest pod'), `a value is explained ${hover}`);
}

async function checkDevcluster() {
  const line = '# yaml-language-server: $schema=devcluster.schema.json\n';
  const text = (config) => `${line}stages:
  - db: {}
  - master:
      pre:
        - sh: make
      ${config}:
        resource_manager:
          type: kubernetes
          max_slots_per_pod: 4
          kubeconfig_path: $HOME/onprem
        pools: []
`;
  const good = await open('good-devcluster.yaml', text('config_file').replace('        pools: []\n', ''));
  expect(good.diagnostics.length === 0, `a good devcluster file has no complaint ${JSON.stringify(good.diagnostics)}`);
  for (const [config, wanted] of [['config_file', '[11]'], ['configFile', '[6]']]) {
    const draft = await open(`draft-devcluster-${config}.yaml`, text(config));
    const lines = [...new Set(draft.diagnostics.map((one) => one.range.start.line))];
    expect(JSON.stringify(lines) === wanted, `an unknown key is marked ${JSON.stringify(draft.diagnostics.map((one) => [one.range.start.line, one.message]))}`);
  }
  const hover = JSON.stringify(await ask('textDocument/hover', { textDocument: { uri: good.uri }, position: { line: 9, character: 14 } }));
  expect(hover.includes('slots of the largest pod'), `a setting of the master is explained ${hover}`);
  const typing = await open('typing-devcluster.yaml', `${line}stages:\n  - custom:\n      name: a\n      c\n`);
  const offered = await ask('textDocument/completion', { textDocument: { uri: typing.uri }, position: { line: 4, character: 7 } });
  const labels = (offered.items || offered).map((item) => item.label);
  expect(labels.includes('cmd') && !labels.includes('config_file'), `the keys of the stage are offered ${labels}`);
}

(async () => {
  await ask('initialize', { processId: process.pid, rootUri: null, capabilities: { workspace: { configuration: true } } });
  send({ method: 'initialized', params: {} });
  send({ method: 'workspace/didChangeConfiguration', params: { settings } });
  await checkMaster();
  await checkValues();
  await checkDevcluster();
  server.kill();
  process.exit(failures.length ? 1 : 0);
})();

setTimeout(() => {
  console.log('FAILED: yaml-language-server does not answer');
  process.exit(1);
}, 60000);
