
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'detctl' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'detctl'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'detctl' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('validate', 'validate', [CompletionResultType]::ParameterValue, 'Check configurations: the master''s verdict, before deployment')
            [CompletionResult]::new('route-dry-run', 'route-dry-run', [CompletionResultType]::ParameterValue, 'Tell where requests would go and whether they would be placed now; creates nothing')
            [CompletionResult]::new('capacity', 'capacity', [CompletionResultType]::ParameterValue, 'Count how many copies of a pod fit on a cluster, on which nodes, and why not on the others')
            [CompletionResult]::new('topology', 'topology', [CompletionResultType]::ParameterValue, 'Draw the clusters and pools of a configuration as people will see them')
            [CompletionResult]::new('render-helm', 'render-helm', [CompletionResultType]::ParameterValue, 'Write a configuration as values of the Determined chart, proven to come back as the same')
            [CompletionResult]::new('convert', 'convert', [CompletionResultType]::ParameterValue, 'Write a configuration as another kind of file, proven to be the same')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Write a first configuration for several clusters, with comments, to go on from')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Compare two configurations by meaning, with what changes for requests')
            [CompletionResult]::new('secrets', 'secrets', [CompletionResultType]::ParameterValue, 'Look after the credentials by which a master reaches its additional clusters')
            [CompletionResult]::new('rules', 'rules', [CompletionResultType]::ParameterValue, 'List the rules')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain a rule: why, what the master does, before and after')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print a JSON Schema of configuration files, for editors')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page')
            [CompletionResult]::new('version', 'version', [CompletionResultType]::ParameterValue, 'Print the version of detctl and of the master that it takes for granted')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'detctl;validate' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to report')
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'Also write a report into a file; may be repeated')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'The least severity that makes the exit code 1')
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'Show only findings of these rules, divided by commas; may be repeated')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Do not show findings of these rules, divided by commas; may be repeated')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'Read every file as this kind instead of telling by its keys, and pass none over')
            [CompletionResult]::new('--master-version', '--master-version', [CompletionResultType]::ParameterName, 'The release of the master that will read the files, 0.29.1 to 0.38.1')
            [CompletionResult]::new('--kubeconfig-root', '--kubeconfig-root', [CompletionResultType]::ParameterName, 'A folder that stands for `/` where the master runs: paths of kubeconfigs are looked up below it')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'With --live: the context of a cluster, where the kubeconfig that the configuration names is not here; repeatable')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig that has the contexts [default: those of KUBECONFIG, else ~/.kube/config]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long each cluster may take: seconds, or such as 90s, 5m')
            [CompletionResult]::new('--save-snapshot', '--save-snapshot', [CompletionResultType]::ParameterName, 'Keep what was read of each cluster, without anything that no answer needs, for --snapshot DIR')
            [CompletionResult]::new('--release', '--release', [CompletionResultType]::ParameterName, 'The name of the release')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace of the release')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'A file of values; several are one deployment, the later ones laid over the earlier ones')
            [CompletionResult]::new('--values', '--values', [CompletionResultType]::ParameterName, 'A file of values; several are one deployment, the later ones laid over the earlier ones')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Sets values on top of every file of values: a.b=1,c[0].d=x; may be repeated')
            [CompletionResult]::new('--set-string', '--set-string', [CompletionResultType]::ParameterName, 'The same, with every value as text; may be repeated')
            [CompletionResult]::new('--env', '--env', [CompletionResultType]::ParameterName, 'Set a variable that devcluster files use; may be repeated, and the last one counts')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Set variables from lines NAME=VALUE of a file, values as they stand; may be repeated')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes')
            [CompletionResult]::new('--fix', '--fix', [CompletionResultType]::ParameterName, 'Mend what can be mended safely, and write the files; of - the mended text is printed')
            [CompletionResult]::new('--unsafe-fixes', '--unsafe-fixes', [CompletionResultType]::ParameterName, 'With --fix or --diff: also mend by good guesses')
            [CompletionResult]::new('--diff', '--diff', [CompletionResultType]::ParameterName, 'Print what --fix would change as a unified diff, and write nothing')
            [CompletionResult]::new('--live', '--live', [CompletionResultType]::ParameterName, 'Look at clusters as they are now; nothing is created or changed')
            [CompletionResult]::new('--allow-exec', '--allow-exec', [CompletionResultType]::ParameterName, 'Run the programs that kubeconfigs name to get credentials')
            [CompletionResult]::new('--fast', '--fast', [CompletionResultType]::ParameterName, 'Read the pods of a cluster in one answer of the API server''s cache, which may be a moment old')
            [CompletionResult]::new('--installed', '--installed', [CompletionResultType]::ParameterName, 'The release exists: no initial password is demanded, unless the database is elsewhere')
            [CompletionResult]::new('--inherit-env', '--inherit-env', [CompletionResultType]::ParameterName, 'Let devcluster files use the variables of this process, too')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'detctl;route-dry-run' {
            [CompletionResult]::new('--pool', '--pool', [CompletionResultType]::ParameterName, 'Resource pool of the request')
            [CompletionResult]::new('--slots', '--slots', [CompletionResultType]::ParameterName, 'Slots of the request')
            [CompletionResult]::new('--task', '--task', [CompletionResultType]::ParameterName, 'Kind of task')
            [CompletionResult]::new('--workspace', '--workspace', [CompletionResultType]::ParameterName, 'Workspace that the request comes from')
            [CompletionResult]::new('--workspace-default-pool', '--workspace-default-pool', [CompletionResultType]::ParameterName, 'Default pool of that workspace')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'Namespace that the workspace is bound to')
            [CompletionResult]::new('--priority', '--priority', [CompletionResultType]::ParameterName, 'Priority of the request, 1 to 99')
            [CompletionResult]::new('--pod-spec', '--pod-spec', [CompletionResultType]::ParameterName, 'Pod spec of the request, laid over the defaults')
            [CompletionResult]::new('--cluster-id', '--cluster-id', [CompletionResultType]::ParameterName, 'Id of the Determined cluster, for the label that keeps blocked nodes out')
            [CompletionResult]::new('--snapshot', '--snapshot', [CompletionResultType]::ParameterName, 'Kubernetes Lists: a folder with one file a cluster, or one file')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'The List of one cluster, with --live its context; repeatable')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the answer is written')
            [CompletionResult]::new('--fail-when', '--fail-when', [CompletionResultType]::ParameterName, 'Verdicts that make the exit code 1 [default: all but FITS_NOW and ROUTED]')
            [CompletionResult]::new('--scheduler-version', '--scheduler-version', [CompletionResultType]::ParameterName, 'The kube-scheduler release whose rules and words are used [default: each live cluster''s, else 1.37]')
            [CompletionResult]::new('--master-version', '--master-version', [CompletionResultType]::ParameterName, 'Release of the master, 0.29.1 to 0.38.1')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'Read the file as this kind instead of telling by its keys')
            [CompletionResult]::new('--stage', '--stage', [CompletionResultType]::ParameterName, 'The master stage of a devcluster file that has several')
            [CompletionResult]::new('--env', '--env', [CompletionResultType]::ParameterName, 'Set a variable that devcluster files use; may be repeated, and the last one counts')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Set variables from lines NAME=VALUE of a file, values as they stand; may be repeated')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig that has the contexts [default: those of KUBECONFIG, else ~/.kube/config]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long each cluster may take: seconds, or such as 90s, 5m')
            [CompletionResult]::new('--save-snapshot', '--save-snapshot', [CompletionResultType]::ParameterName, 'Keep what was read of each cluster, without anything that no answer needs, for --snapshot DIR')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes')
            [CompletionResult]::new('--single-node', '--single-node', [CompletionResultType]::ParameterName, 'Keep the experiment in one pod')
            [CompletionResult]::new('--together', '--together', [CompletionResultType]::ParameterName, 'Place the requests one after another instead of each alone')
            [CompletionResult]::new('--all-pools', '--all-pools', [CompletionResultType]::ParameterName, 'Ask the same of every pool; those where it fits come first')
            [CompletionResult]::new('--server-dry-run', '--server-dry-run', [CompletionResultType]::ParameterName, 'Have each API server judge one pod of each request, without keeping it; needs the right to create pods')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Make a yes unknown when admission objects were not read')
            [CompletionResult]::new('--explain-nodes', '--explain-nodes', [CompletionResultType]::ParameterName, 'Name all nodes')
            [CompletionResult]::new('--inherit-env', '--inherit-env', [CompletionResultType]::ParameterName, 'Let devcluster files use the variables of this process, too')
            [CompletionResult]::new('--live', '--live', [CompletionResultType]::ParameterName, 'Look at clusters as they are now; nothing is created or changed')
            [CompletionResult]::new('--allow-exec', '--allow-exec', [CompletionResultType]::ParameterName, 'Run the programs that kubeconfigs name to get credentials')
            [CompletionResult]::new('--fast', '--fast', [CompletionResultType]::ParameterName, 'Read the pods of a cluster in one answer of the API server''s cache, which may be a moment old')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'detctl;capacity' {
            [CompletionResult]::new('--pod', '--pod', [CompletionResultType]::ParameterName, 'The pod, as YAML or JSON; `-` reads standard input')
            [CompletionResult]::new('--copies', '--copies', [CompletionResultType]::ParameterName, 'How many copies are submitted [default: as many as fit, up to 100,000]')
            [CompletionResult]::new('--snapshot', '--snapshot', [CompletionResultType]::ParameterName, 'A Kubernetes List of the cluster''s objects, as JSON or YAML, or the folder of one that was saved; `-` reads standard input')
            [CompletionResult]::new('--scheduler-version', '--scheduler-version', [CompletionResultType]::ParameterName, 'The kube-scheduler release whose rules and words are used [default: the live cluster''s, else 1.37]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the answer is written')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'The context of the live cluster, instead of the current one; implies --live')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig that has the contexts [default: those of KUBECONFIG, else ~/.kube/config]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long each cluster may take: seconds, or such as 90s, 5m')
            [CompletionResult]::new('--save-snapshot', '--save-snapshot', [CompletionResultType]::ParameterName, 'Keep what was read of each cluster, without anything that no answer needs, for --snapshot DIR')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes')
            [CompletionResult]::new('--live', '--live', [CompletionResultType]::ParameterName, 'Look at clusters as they are now; nothing is created or changed')
            [CompletionResult]::new('--allow-exec', '--allow-exec', [CompletionResultType]::ParameterName, 'Run the programs that kubeconfigs name to get credentials')
            [CompletionResult]::new('--fast', '--fast', [CompletionResultType]::ParameterName, 'Read the pods of a cluster in one answer of the API server''s cache, which may be a moment old')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'detctl;topology' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to draw')
            [CompletionResult]::new('--viewer', '--viewer', [CompletionResultType]::ParameterName, 'Who looks: by the documentation page only administrators, and those who may define resource managers, see names of clusters')
            [CompletionResult]::new('--webui', '--webui', [CompletionResultType]::ParameterName, 'Draw what the WebUI of this release really shows, and say where that departs from the page')
            [CompletionResult]::new('--master-version', '--master-version', [CompletionResultType]::ParameterName, 'The release of the master that will read the file, 0.29.1 to 0.38.1')
            [CompletionResult]::new('--snapshot', '--snapshot', [CompletionResultType]::ParameterName, 'Kubernetes Lists, for how much there is of each pool: a folder with one file a cluster, or one file')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'The List of one cluster, with --live its context; repeatable')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'Read the file as this kind instead of telling by its keys')
            [CompletionResult]::new('--stage', '--stage', [CompletionResultType]::ParameterName, 'The master stage of a devcluster file that has several')
            [CompletionResult]::new('--env', '--env', [CompletionResultType]::ParameterName, 'Set a variable that devcluster files use; may be repeated, and the last one counts')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Set variables from lines NAME=VALUE of a file, values as they stand; may be repeated')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig that has the contexts [default: those of KUBECONFIG, else ~/.kube/config]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long each cluster may take: seconds, or such as 90s, 5m')
            [CompletionResult]::new('--save-snapshot', '--save-snapshot', [CompletionResultType]::ParameterName, 'Keep what was read of each cluster, without anything that no answer needs, for --snapshot DIR')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes')
            [CompletionResult]::new('--inherit-env', '--inherit-env', [CompletionResultType]::ParameterName, 'Let devcluster files use the variables of this process, too')
            [CompletionResult]::new('--live', '--live', [CompletionResultType]::ParameterName, 'Look at clusters as they are now; nothing is created or changed')
            [CompletionResult]::new('--allow-exec', '--allow-exec', [CompletionResultType]::ParameterName, 'Run the programs that kubeconfigs name to get credentials')
            [CompletionResult]::new('--fast', '--fast', [CompletionResultType]::ParameterName, 'Read the pods of a cluster in one answer of the API server''s cache, which may be a moment old')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'detctl;render-helm' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the values into this file instead of to standard output, which `-` is too')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the values into this file instead of to standard output, which `-` is too')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Write nothing, and show how this file differs from the values')
            [CompletionResult]::new('--base', '--base', [CompletionResultType]::ParameterName, 'Lay the values into this file: whatever they do not set stays byte for byte')
            [CompletionResult]::new('--secret-name-template', '--secret-name-template', [CompletionResultType]::ParameterName, 'How Secrets with kubeconfigs are called; {cluster} stands for the name of the cluster')
            [CompletionResult]::new('--schema', '--schema', [CompletionResultType]::ParameterName, 'Where a JSON Schema of the values lies, for editors: the first line of the file then names it')
            [CompletionResult]::new('--release', '--release', [CompletionResultType]::ParameterName, 'The name that the Helm release has, or will have')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace that the Helm release has, or will have')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'In values: set others on top, as Helm does: a.b=1,c[0].d=x; may be repeated')
            [CompletionResult]::new('--set-string', '--set-string', [CompletionResultType]::ParameterName, 'The same, with every value as text; may be repeated')
            [CompletionResult]::new('--master-version', '--master-version', [CompletionResultType]::ParameterName, 'The release of the master that will read the configuration, 0.29.1 to 0.38.1')
            [CompletionResult]::new('--verify-with-helm', '--verify-with-helm', [CompletionResultType]::ParameterName, 'Besides, let the `helm` of this machine render the values with this chart, and compare what comes out')
            [CompletionResult]::new('--master-host', '--master-host', [CompletionResultType]::ParameterName, 'Host at which other clusters reach the master')
            [CompletionResult]::new('--master-port', '--master-port', [CompletionResultType]::ParameterName, 'Port at which they reach it')
            [CompletionResult]::new('--master-scheme', '--master-scheme', [CompletionResultType]::ParameterName, 'Scheme by which they reach it')
            [CompletionResult]::new('--master-from-service', '--master-from-service', [CompletionResultType]::ParameterName, 'Take host and port from the master''s Service: of --release in --namespace, on the cluster of this context')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig that has the context [default: those of KUBECONFIG, else ~/.kube/config]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for the address of a load balancer: seconds, or such as 90s, 5m [default: 2m]')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'Read the file as this kind instead of telling by its keys')
            [CompletionResult]::new('--stage', '--stage', [CompletionResultType]::ParameterName, 'The master stage of a devcluster file that has several')
            [CompletionResult]::new('--env', '--env', [CompletionResultType]::ParameterName, 'Set a variable that devcluster files use; may be repeated, and the last one counts')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Set variables from lines NAME=VALUE of a file, values as they stand; may be repeated')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes')
            [CompletionResult]::new('--diff', '--diff', [CompletionResultType]::ParameterName, 'Write nothing, and show what would change in the file of --output')
            [CompletionResult]::new('--overwrite', '--overwrite', [CompletionResultType]::ParameterName, 'Replace what the base sets otherwise')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Go on although `validate` finds errors')
            [CompletionResult]::new('--allow-lossy', '--allow-lossy', [CompletionResultType]::ParameterName, 'Leave out what the chart cannot say, and list it')
            [CompletionResult]::new('--allow-exec', '--allow-exec', [CompletionResultType]::ParameterName, 'Run the program that the kubeconfig names to get credentials')
            [CompletionResult]::new('--inherit-env', '--inherit-env', [CompletionResultType]::ParameterName, 'Let devcluster files use the variables of this process, too')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'detctl;convert' {
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'The kind to write')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write into this file instead of to standard output, which `-` is too')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write into this file instead of to standard output, which `-` is too')
            [CompletionResult]::new('--master-version', '--master-version', [CompletionResultType]::ParameterName, 'The release of the master that will read the configuration, 0.29.1 to 0.38.1')
            [CompletionResult]::new('--release', '--release', [CompletionResultType]::ParameterName, 'The name that the Helm release has, or will have')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace that the Helm release has, or will have')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'In values: set others on top, as Helm does: a.b=1,c[0].d=x; may be repeated')
            [CompletionResult]::new('--set-string', '--set-string', [CompletionResultType]::ParameterName, 'The same, with every value as text; may be repeated')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'Read the file as this kind instead of telling by its keys')
            [CompletionResult]::new('--stage', '--stage', [CompletionResultType]::ParameterName, 'The master stage of a devcluster file that has several')
            [CompletionResult]::new('--env', '--env', [CompletionResultType]::ParameterName, 'Set a variable that devcluster files use; may be repeated, and the last one counts')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Set variables from lines NAME=VALUE of a file, values as they stand; may be repeated')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Go on although `validate` finds errors')
            [CompletionResult]::new('--allow-lossy', '--allow-lossy', [CompletionResultType]::ParameterName, 'To helm-values: leave out what the chart cannot say, and list it')
            [CompletionResult]::new('--inherit-env', '--inherit-env', [CompletionResultType]::ParameterName, 'Let devcluster files use the variables of this process, too')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'detctl;init' {
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'The kind to write')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'A cluster, and the context by which it is reached from here; repeatable')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig that has the contexts [default: those of KUBECONFIG, else ~/.kube/config]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write into this file, which must not be there yet, instead of to standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write into this file, which must not be there yet, instead of to standard output')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'detctl;diff' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the answer is written')
            [CompletionResult]::new('--master-version', '--master-version', [CompletionResultType]::ParameterName, 'The release of the master that reads them, 0.29.1 to 0.38.1')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'In values: set others on top, as Helm does: a.b=1,c[0].d=x; may be repeated')
            [CompletionResult]::new('--set-string', '--set-string', [CompletionResultType]::ParameterName, 'The same, with every value as text; may be repeated')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'Read the file as this kind instead of telling by its keys')
            [CompletionResult]::new('--stage', '--stage', [CompletionResultType]::ParameterName, 'The master stage of a devcluster file that has several')
            [CompletionResult]::new('--env', '--env', [CompletionResultType]::ParameterName, 'Set a variable that devcluster files use; may be repeated, and the last one counts')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Set variables from lines NAME=VALUE of a file, values as they stand; may be repeated')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes')
            [CompletionResult]::new('--inherit-env', '--inherit-env', [CompletionResultType]::ParameterName, 'Let devcluster files use the variables of this process, too')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'detctl;secrets' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Give a master credentials for its additional clusters, with the least rights, proven before they are stored')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Tell what a master makes of a kubeconfig: whether it starts, and what each part is worth to it')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the kubeconfigs that are stored for a master: where they lead, as whom, and until when')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what is in stored kubeconfigs; everything secret is told by its size')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check that stored kubeconfigs still work: lifetime, identity, rights, address and certificates')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Give a master new credentials for its additional clusters, and take the old ones back once it uses the new ones')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Take the stored kubeconfig of a cluster away, and with --context also the identity there')
            break
        }
        'detctl;secrets;create' {
            [CompletionResult]::new('--cluster-name', '--cluster-name', [CompletionResultType]::ParameterName, 'One cluster instead: its `cluster_name`')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'The context that leads to that cluster')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'The context that leads to a cluster of the configuration; without, one that is called as the cluster')
            [CompletionResult]::new('--pull', '--pull', [CompletionResultType]::ParameterName, 'A cluster without a context: its cloud''s own command writes one into a private file')
            [CompletionResult]::new('--default-context', '--default-context', [CompletionResultType]::ParameterName, 'The context of the default cluster, where the master runs')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace of the Helm release there')
            [CompletionResult]::new('--release', '--release', [CompletionResultType]::ParameterName, 'The Helm release there')
            [CompletionResult]::new('--auth', '--auth', [CompletionResultType]::ParameterName, 'Whether an identity is made for it')
            [CompletionResult]::new('--sa-namespace', '--sa-namespace', [CompletionResultType]::ParameterName, 'The namespace of its ServiceAccount; never one in which tasks run')
            [CompletionResult]::new('--service-account', '--service-account', [CompletionResultType]::ParameterName, 'A ServiceAccount that is there already')
            [CompletionResult]::new('--rbac', '--rbac', [CompletionResultType]::ParameterName, 'Which rights it gets')
            [CompletionResult]::new('--default-namespace', '--default-namespace', [CompletionResultType]::ParameterName, '`default_namespace` of the resource manager, when no configuration tells')
            [CompletionResult]::new('--task-namespaces', '--task-namespaces', [CompletionResultType]::ParameterName, 'Further namespaces in which tasks run, or `all`: also those that the master makes for workspaces')
            [CompletionResult]::new('--token-mode', '--token-mode', [CompletionResultType]::ParameterName, 'What kind of token it gets')
            [CompletionResult]::new('--ttl', '--ttl', [CompletionResultType]::ParameterName, 'How long a requested token is to hold, such as 720h or 30d')
            [CompletionResult]::new('--secret-name', '--secret-name', [CompletionResultType]::ParameterName, 'The name of the Secret, when it is one cluster [default: as in the values, else as render-helm names it]')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'The key of the kubeconfig in the Secret [default: as in the values, else `config`]')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'The address of the cluster for the master, when it is one cluster [default: that of the context]')
            [CompletionResult]::new('--tls-server-name', '--tls-server-name', [CompletionResultType]::ParameterName, 'The name that the server''s certificate bears, when it is one cluster [default: that of the context]')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'The authority of the server, when it is one cluster [default: that of the context]')
            [CompletionResult]::new('--server-proxy-url', '--server-proxy-url', [CompletionResultType]::ParameterName, 'The proxy between master and cluster, empty for none, when it is one cluster [default: that of the context]')
            [CompletionResult]::new('--write-values', '--write-values', [CompletionResultType]::ParameterName, 'Name the Secrets and their keys in a file of values, once they are stored; nothing else of it is changed')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Print the Secrets as manifests in place of writing them; what is secret, by its size')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Print the Secrets as manifests in place of writing them; what is secret, by its size')
            [CompletionResult]::new('--output-file', '--output-file', [CompletionResultType]::ParameterName, 'Print them into a new file that only you may read')
            [CompletionResult]::new('--rotation', '--rotation', [CompletionResultType]::ParameterName, 'How the master gets new credentials later; `live` takes a configuration [default: as before, else restart]')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig that has the contexts [default: those of KUBECONFIG, else ~/.kube/config]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long each cluster may take for each step: seconds, or such as 90s, 5m')
            [CompletionResult]::new('--skip-check', '--skip-check', [CompletionResultType]::ParameterName, 'Pass over a check; it is noted at the Secret')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Only plan (client), or let the servers try it as well (server); nothing is kept')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the plan and what came of it are written')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'Read the file as this kind instead of telling by its keys')
            [CompletionResult]::new('--stage', '--stage', [CompletionResultType]::ParameterName, 'The master stage of a devcluster file that has several')
            [CompletionResult]::new('--env', '--env', [CompletionResultType]::ParameterName, 'Set a variable that devcluster files use; may be repeated, and the last one counts')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'Set variables from lines NAME=VALUE of a file, values as they stand; may be repeated')
            [CompletionResult]::new('--master-version', '--master-version', [CompletionResultType]::ParameterName, 'The release of the master, 0.29.1 to 0.38.1')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes')
            [CompletionResult]::new('--renew', '--renew', [CompletionResultType]::ParameterName, 'Make a new credential also where the stored one is good')
            [CompletionResult]::new('--show-secrets', '--show-secrets', [CompletionResultType]::ParameterName, 'Print what is secret, too: make and prove the credentials, for kubeseal, SOPS and such; never to a terminal')
            [CompletionResult]::new('--immutable', '--immutable', [CompletionResultType]::ParameterName, 'Store each in a Secret that never changes; what is new gets a new name, which the values then have to tell. As before, where such Secrets are there')
            [CompletionResult]::new('--adopt', '--adopt', [CompletionResultType]::ParameterName, 'Take over a Secret that was made by hand')
            [CompletionResult]::new('--replace', '--replace', [CompletionResultType]::ParameterName, 'Delete a Secret that cannot be changed, and make it anew')
            [CompletionResult]::new('--no-exec', '--no-exec', [CompletionResultType]::ParameterName, 'Never run the plugins that contexts name')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--inherit-env', '--inherit-env', [CompletionResultType]::ParameterName, 'Let devcluster files use the variables of this process, too')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'detctl;secrets;explain' {
            [CompletionResult]::new('--master', '--master', [CompletionResultType]::ParameterName, 'Where the master runs')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the answer is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'detctl;secrets;list' {
            [CompletionResult]::new('--default-context', '--default-context', [CompletionResultType]::ParameterName, 'The context of the default cluster, where the master runs')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace of the Helm release there')
            [CompletionResult]::new('--release', '--release', [CompletionResultType]::ParameterName, 'Those of this Helm release only')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig that has the context [default: those of KUBECONFIG, else ~/.kube/config]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long each cluster may take: seconds, or such as 90s, 5m')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the answer is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes')
            [CompletionResult]::new('--no-exec', '--no-exec', [CompletionResultType]::ParameterName, 'Never run the plugin that the context names')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'detctl;secrets;show' {
            [CompletionResult]::new('--default-context', '--default-context', [CompletionResultType]::ParameterName, 'The context of the default cluster, where the master runs')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace of the Helm release there')
            [CompletionResult]::new('--release', '--release', [CompletionResultType]::ParameterName, 'Those of this Helm release only')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig that has the context [default: those of KUBECONFIG, else ~/.kube/config]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long each cluster may take: seconds, or such as 90s, 5m')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the answer is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes')
            [CompletionResult]::new('--no-exec', '--no-exec', [CompletionResultType]::ParameterName, 'Never run the plugin that the context names')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'detctl;secrets;check' {
            [CompletionResult]::new('--within', '--within', [CompletionResultType]::ParameterName, 'How long credentials have to hold yet: such as 90m, 36h, 14d')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'The context that leads to a cluster: also look there, as whoever runs this, for credentials that no kubeconfig names')
            [CompletionResult]::new('--values', '--values', [CompletionResultType]::ParameterName, 'Values of the chart, which have to name these Secrets and their keys')
            [CompletionResult]::new('--default-context', '--default-context', [CompletionResultType]::ParameterName, 'The context of the default cluster, where the master runs')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace of the Helm release there')
            [CompletionResult]::new('--release', '--release', [CompletionResultType]::ParameterName, 'Those of this Helm release only')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig that has the context [default: those of KUBECONFIG, else ~/.kube/config]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long each cluster may take: seconds, or such as 90s, 5m')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the answer is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes')
            [CompletionResult]::new('--no-exec', '--no-exec', [CompletionResultType]::ParameterName, 'Never run the plugin that the context names')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'detctl;secrets;rotate' {
            [CompletionResult]::new('--cluster-name', '--cluster-name', [CompletionResultType]::ParameterName, 'One cluster: its `cluster_name`')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'The context that leads to that cluster')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'Several clusters, each with the context that leads to it')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for a master that starts anew [default: 5m with --restart, else not at all]')
            [CompletionResult]::new('--rotation', '--rotation', [CompletionResultType]::ParameterName, 'How the master gets new credentials [default: as before]')
            [CompletionResult]::new('--overlap', '--overlap', [CompletionResultType]::ParameterName, 'How long old and new tokens both count where the master reads the token file, 70s at least: 70 s were measured from the change of the file on, and a kubelet may take two minutes to change it')
            [CompletionResult]::new('--default-context', '--default-context', [CompletionResultType]::ParameterName, 'The context of the default cluster, where the master runs')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace of the Helm release there')
            [CompletionResult]::new('--release', '--release', [CompletionResultType]::ParameterName, 'The Helm release there')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig that has the contexts [default: those of KUBECONFIG, else ~/.kube/config]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long each cluster may take for each step: seconds, or such as 90s, 5m')
            [CompletionResult]::new('--skip-check', '--skip-check', [CompletionResultType]::ParameterName, 'Pass over a check; it is noted at the Secret')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Only plan (client), or let the servers try it as well (server); nothing is kept')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the plan and what came of it are written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes')
            [CompletionResult]::new('--restart', '--restart', [CompletionResultType]::ParameterName, 'Start the master anew, and wait until it runs')
            [CompletionResult]::new('--revoke', '--revoke', [CompletionResultType]::ParameterName, 'Take the old credentials back now: a master that still uses them loses the clusters until it starts anew')
            [CompletionResult]::new('--replace', '--replace', [CompletionResultType]::ParameterName, 'Delete a Secret that cannot be changed, and make it anew')
            [CompletionResult]::new('--no-exec', '--no-exec', [CompletionResultType]::ParameterName, 'Never run the plugins that contexts name')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'detctl;secrets;delete' {
            [CompletionResult]::new('--cluster-name', '--cluster-name', [CompletionResultType]::ParameterName, 'The `cluster_name` of the resource manager')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'The context of that cluster: its ServiceAccount, roles and token are deleted too')
            [CompletionResult]::new('--remote', '--remote', [CompletionResultType]::ParameterName, 'The context of that cluster: its ServiceAccount, roles and token are deleted too')
            [CompletionResult]::new('--values', '--values', [CompletionResultType]::ParameterName, 'Values of the chart, which must no longer name the Secret')
            [CompletionResult]::new('--default-context', '--default-context', [CompletionResultType]::ParameterName, 'The context of the default cluster, where the master runs')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace of the Helm release there')
            [CompletionResult]::new('--release', '--release', [CompletionResultType]::ParameterName, 'Those of this Helm release only')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig that has the context [default: those of KUBECONFIG, else ~/.kube/config]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long each cluster may take: seconds, or such as 90s, 5m')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the answer is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Only tell what would be deleted')
            [CompletionResult]::new('--no-exec', '--no-exec', [CompletionResultType]::ParameterName, 'Never run the plugin that the context names')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'detctl;rules' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'detctl;explain' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'detctl;schema' {
            [CompletionResult]::new('--master-version', '--master-version', [CompletionResultType]::ParameterName, 'The release of the master that will read the files, 0.29.1 to 0.38.1')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'detctl;completions' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'detctl;man' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'detctl;version' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print it')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more: files passed over and why, verdicts, facts; twice: effective configurations')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for: no notes, no summary')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'detctl;help' {
            [CompletionResult]::new('validate', 'validate', [CompletionResultType]::ParameterValue, 'Check configurations: the master''s verdict, before deployment')
            [CompletionResult]::new('route-dry-run', 'route-dry-run', [CompletionResultType]::ParameterValue, 'Tell where requests would go and whether they would be placed now; creates nothing')
            [CompletionResult]::new('capacity', 'capacity', [CompletionResultType]::ParameterValue, 'Count how many copies of a pod fit on a cluster, on which nodes, and why not on the others')
            [CompletionResult]::new('topology', 'topology', [CompletionResultType]::ParameterValue, 'Draw the clusters and pools of a configuration as people will see them')
            [CompletionResult]::new('render-helm', 'render-helm', [CompletionResultType]::ParameterValue, 'Write a configuration as values of the Determined chart, proven to come back as the same')
            [CompletionResult]::new('convert', 'convert', [CompletionResultType]::ParameterValue, 'Write a configuration as another kind of file, proven to be the same')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Write a first configuration for several clusters, with comments, to go on from')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Compare two configurations by meaning, with what changes for requests')
            [CompletionResult]::new('secrets', 'secrets', [CompletionResultType]::ParameterValue, 'Look after the credentials by which a master reaches its additional clusters')
            [CompletionResult]::new('rules', 'rules', [CompletionResultType]::ParameterValue, 'List the rules')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain a rule: why, what the master does, before and after')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print a JSON Schema of configuration files, for editors')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page')
            [CompletionResult]::new('version', 'version', [CompletionResultType]::ParameterValue, 'Print the version of detctl and of the master that it takes for granted')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'detctl;help;validate' {
            break
        }
        'detctl;help;route-dry-run' {
            break
        }
        'detctl;help;capacity' {
            break
        }
        'detctl;help;topology' {
            break
        }
        'detctl;help;render-helm' {
            break
        }
        'detctl;help;convert' {
            break
        }
        'detctl;help;init' {
            break
        }
        'detctl;help;diff' {
            break
        }
        'detctl;help;secrets' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Give a master credentials for its additional clusters, with the least rights, proven before they are stored')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Tell what a master makes of a kubeconfig: whether it starts, and what each part is worth to it')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the kubeconfigs that are stored for a master: where they lead, as whom, and until when')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what is in stored kubeconfigs; everything secret is told by its size')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check that stored kubeconfigs still work: lifetime, identity, rights, address and certificates')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Give a master new credentials for its additional clusters, and take the old ones back once it uses the new ones')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Take the stored kubeconfig of a cluster away, and with --context also the identity there')
            break
        }
        'detctl;help;secrets;create' {
            break
        }
        'detctl;help;secrets;explain' {
            break
        }
        'detctl;help;secrets;list' {
            break
        }
        'detctl;help;secrets;show' {
            break
        }
        'detctl;help;secrets;check' {
            break
        }
        'detctl;help;secrets;rotate' {
            break
        }
        'detctl;help;secrets;delete' {
            break
        }
        'detctl;help;rules' {
            break
        }
        'detctl;help;explain' {
            break
        }
        'detctl;help;schema' {
            break
        }
        'detctl;help;completions' {
            break
        }
        'detctl;help;man' {
            break
        }
        'detctl;help;version' {
            break
        }
        'detctl;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
