# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_detctl_global_optspecs
    string join \n color= v/verbose q/quiet h/help V/version
end

function __fish_detctl_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_detctl_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_detctl_using_subcommand
    set -l cmd (__fish_detctl_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c detctl -n "__fish_detctl_needs_command" -l color -d 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes' -r -f -a "auto\t''
always\t''
never\t''"
complete -c detctl -n "__fish_detctl_needs_command" -s v -l verbose -d 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
complete -c detctl -n "__fish_detctl_needs_command" -s q -l quiet -d 'Say only what was asked for: no notes, no summary'
complete -c detctl -n "__fish_detctl_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c detctl -n "__fish_detctl_needs_command" -s V -l version -d 'Print version'
complete -c detctl -n "__fish_detctl_needs_command" -f -a "validate" -d 'Check configurations: the master\'s verdict, before deployment'
complete -c detctl -n "__fish_detctl_needs_command" -f -a "route-dry-run" -d 'Tell where requests would go and whether they would be placed now; creates nothing'
complete -c detctl -n "__fish_detctl_needs_command" -f -a "capacity" -d 'Count how many copies of a pod fit on a cluster, on which nodes, and why not on the others'
complete -c detctl -n "__fish_detctl_needs_command" -f -a "topology" -d 'Draw the clusters and pools of a configuration as people will see them'
complete -c detctl -n "__fish_detctl_needs_command" -f -a "render-helm" -d 'Write a configuration as values of the Determined chart, proven to come back as the same'
complete -c detctl -n "__fish_detctl_needs_command" -f -a "convert" -d 'Write a configuration as another kind of file, proven to be the same'
complete -c detctl -n "__fish_detctl_needs_command" -f -a "init" -d 'Write a first configuration for several clusters, with comments, to go on from'
complete -c detctl -n "__fish_detctl_needs_command" -f -a "diff" -d 'Compare two configurations by meaning, with what changes for requests'
complete -c detctl -n "__fish_detctl_needs_command" -f -a "secrets" -d 'Look after the credentials by which a master reaches its additional clusters'
complete -c detctl -n "__fish_detctl_needs_command" -f -a "rules" -d 'List the rules'
complete -c detctl -n "__fish_detctl_needs_command" -f -a "explain" -d 'Explain a rule: why, what the master does, before and after'
complete -c detctl -n "__fish_detctl_needs_command" -f -a "schema" -d 'Print a JSON Schema of configuration files, for editors'
complete -c detctl -n "__fish_detctl_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c detctl -n "__fish_detctl_needs_command" -f -a "man" -d 'Print the manual page'
complete -c detctl -n "__fish_detctl_needs_command" -f -a "version" -d 'Print the version of detctl and of the master that it takes for granted'
complete -c detctl -n "__fish_detctl_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l format -d 'How to report' -r -f -a "human\t'excerpts with underlines, for people'
concise\t'one line per finding'
json\t'one JSON document, fields only ever added'
sarif\t'a SARIF 2.1.0 log, for code scanning'
github\t'annotations of a GitHub workflow'
gitlab\t'a GitLab code quality report'
junit\t'JUnit XML, one suite a file'
markdown\t'a summary for a pull request or a job page'"
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l report -d 'Also write a report into a file; may be repeated' -r
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l fail-on -d 'The least severity that makes the exit code 1' -r -f -a "error\t'Errors'
warning\t'Errors and warnings'
info\t'Any finding'
never\t'Whatever is found, the exit code is 0'"
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l select -d 'Show only findings of these rules, divided by commas; may be repeated' -r
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l ignore -d 'Do not show findings of these rules, divided by commas; may be repeated' -r
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l kind -d 'Read every file as this kind instead of telling by its keys, and pass none over' -r -f -a "master\t'the master\'s own master.yaml'
helm-values\t'values of the Determined Helm chart'
devcluster\t'a devcluster file'"
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l master-version -d 'The release of the master that will read the files, 0.29.1 to 0.38.1' -r
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l kubeconfig-root -d 'A folder that stands for `/` where the master runs: paths of kubeconfigs are looked up below it' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l map -d 'With --live: the context of a cluster, where the kubeconfig that the configuration names is not here; repeatable' -r
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l kubeconfig -d 'The kubeconfig that has the contexts [default: those of KUBECONFIG, else ~/.kube/config]' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l timeout -d 'How long each cluster may take: seconds, or such as 90s, 5m' -r
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l save-snapshot -d 'Keep what was read of each cluster, without anything that no answer needs, for --snapshot DIR' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l release -d 'The name of the release' -r
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l namespace -d 'The namespace of the release' -r
complete -c detctl -n "__fish_detctl_using_subcommand validate" -s f -l values -d 'A file of values; several are one deployment, the later ones laid over the earlier ones' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l set -d 'Sets values on top of every file of values: a.b=1,c[0].d=x; may be repeated' -r
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l set-string -d 'The same, with every value as text; may be repeated' -r
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l env -d 'Set a variable that devcluster files use; may be repeated, and the last one counts' -r
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l env-file -d 'Set variables from lines NAME=VALUE of a file, values as they stand; may be repeated' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l color -d 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes' -r -f -a "auto\t''
always\t''
never\t''"
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l fix -d 'Mend what can be mended safely, and write the files; of - the mended text is printed'
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l unsafe-fixes -d 'With --fix or --diff: also mend by good guesses'
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l diff -d 'Print what --fix would change as a unified diff, and write nothing'
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l live -d 'Look at clusters as they are now; nothing is created or changed'
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l allow-exec -d 'Run the programs that kubeconfigs name to get credentials'
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l fast -d 'Read the pods of a cluster in one answer of the API server\'s cache, which may be a moment old'
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l installed -d 'The release exists: no initial password is demanded, unless the database is elsewhere'
complete -c detctl -n "__fish_detctl_using_subcommand validate" -l inherit-env -d 'Let devcluster files use the variables of this process, too'
complete -c detctl -n "__fish_detctl_using_subcommand validate" -s v -l verbose -d 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
complete -c detctl -n "__fish_detctl_using_subcommand validate" -s q -l quiet -d 'Say only what was asked for: no notes, no summary'
complete -c detctl -n "__fish_detctl_using_subcommand validate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l pool -d 'Resource pool of the request' -r
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l slots -d 'Slots of the request' -r
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l task -d 'Kind of task' -r -f -a "experiment\t''
command\t''
notebook\t''
shell\t''
tensorboard\t''
checkpoint-gc\t''"
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l workspace -d 'Workspace that the request comes from' -r
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l workspace-default-pool -d 'Default pool of that workspace' -r
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l namespace -d 'Namespace that the workspace is bound to' -r
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l priority -d 'Priority of the request, 1 to 99' -r
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l pod-spec -d 'Pod spec of the request, laid over the defaults' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l cluster-id -d 'Id of the Determined cluster, for the label that keeps blocked nodes out' -r
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l snapshot -d 'Kubernetes Lists: a folder with one file a cluster, or one file' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l map -d 'The List of one cluster, with --live its context; repeatable' -r
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l format -d 'How the answer is written' -r -f -a "human\t'For people'
json\t'One JSON document, fields only ever added'
github\t'GitHub annotations'"
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l fail-when -d 'Verdicts that make the exit code 1 [default: all but FITS_NOW and ROUTED]' -r -f -a "partial\t''
busy\t''
never\t''
unknown\t''
rejected\t''
unroutable\t''"
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l scheduler-version -d 'The kube-scheduler release whose rules and words are used [default: each live cluster\'s, else 1.37]' -r
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l master-version -d 'Release of the master, 0.29.1 to 0.38.1' -r
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l kind -d 'Read the file as this kind instead of telling by its keys' -r -f -a "master\t'the master\'s own master.yaml'
helm-values\t'values of the Determined Helm chart'
devcluster\t'a devcluster file'"
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l stage -d 'The master stage of a devcluster file that has several' -r
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l env -d 'Set a variable that devcluster files use; may be repeated, and the last one counts' -r
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l env-file -d 'Set variables from lines NAME=VALUE of a file, values as they stand; may be repeated' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l kubeconfig -d 'The kubeconfig that has the contexts [default: those of KUBECONFIG, else ~/.kube/config]' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l timeout -d 'How long each cluster may take: seconds, or such as 90s, 5m' -r
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l save-snapshot -d 'Keep what was read of each cluster, without anything that no answer needs, for --snapshot DIR' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l color -d 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes' -r -f -a "auto\t''
always\t''
never\t''"
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l single-node -d 'Keep the experiment in one pod'
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l together -d 'Place the requests one after another instead of each alone'
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l all-pools -d 'Ask the same of every pool; those where it fits come first'
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l server-dry-run -d 'Have each API server judge one pod of each request, without keeping it; needs the right to create pods'
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l strict -d 'Make a yes unknown when admission objects were not read'
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l explain-nodes -d 'Name all nodes'
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l inherit-env -d 'Let devcluster files use the variables of this process, too'
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l live -d 'Look at clusters as they are now; nothing is created or changed'
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l allow-exec -d 'Run the programs that kubeconfigs name to get credentials'
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -l fast -d 'Read the pods of a cluster in one answer of the API server\'s cache, which may be a moment old'
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -s v -l verbose -d 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -s q -l quiet -d 'Say only what was asked for: no notes, no summary'
complete -c detctl -n "__fish_detctl_using_subcommand route-dry-run" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c detctl -n "__fish_detctl_using_subcommand capacity" -l pod -d 'The pod, as YAML or JSON; `-` reads standard input' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand capacity" -l copies -d 'How many copies are submitted [default: as many as fit, up to 100,000]' -r
complete -c detctl -n "__fish_detctl_using_subcommand capacity" -l snapshot -d 'A Kubernetes List of the cluster\'s objects, as JSON or YAML, or the folder of one that was saved; `-` reads standard input' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand capacity" -l scheduler-version -d 'The kube-scheduler release whose rules and words are used [default: the live cluster\'s, else 1.37]' -r
complete -c detctl -n "__fish_detctl_using_subcommand capacity" -l format -d 'How the answer is written' -r -f -a "human\t'For people'
json\t'One JSON document, fields only ever added'"
complete -c detctl -n "__fish_detctl_using_subcommand capacity" -l context -d 'The context of the live cluster, instead of the current one; implies --live' -r
complete -c detctl -n "__fish_detctl_using_subcommand capacity" -l kubeconfig -d 'The kubeconfig that has the contexts [default: those of KUBECONFIG, else ~/.kube/config]' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand capacity" -l timeout -d 'How long each cluster may take: seconds, or such as 90s, 5m' -r
complete -c detctl -n "__fish_detctl_using_subcommand capacity" -l save-snapshot -d 'Keep what was read of each cluster, without anything that no answer needs, for --snapshot DIR' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand capacity" -l color -d 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes' -r -f -a "auto\t''
always\t''
never\t''"
complete -c detctl -n "__fish_detctl_using_subcommand capacity" -l live -d 'Look at clusters as they are now; nothing is created or changed'
complete -c detctl -n "__fish_detctl_using_subcommand capacity" -l allow-exec -d 'Run the programs that kubeconfigs name to get credentials'
complete -c detctl -n "__fish_detctl_using_subcommand capacity" -l fast -d 'Read the pods of a cluster in one answer of the API server\'s cache, which may be a moment old'
complete -c detctl -n "__fish_detctl_using_subcommand capacity" -s v -l verbose -d 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
complete -c detctl -n "__fish_detctl_using_subcommand capacity" -s q -l quiet -d 'Say only what was asked for: no notes, no summary'
complete -c detctl -n "__fish_detctl_using_subcommand capacity" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c detctl -n "__fish_detctl_using_subcommand topology" -l format -d 'How to draw' -r -f -a "text\t'A tree for terminals'
json\t'One JSON document, fields only ever added'
mermaid\t'A mermaid flowchart'
html\t'One self-contained page'"
complete -c detctl -n "__fish_detctl_using_subcommand topology" -l viewer -d 'Who looks: by the documentation page only administrators, and those who may define resource managers, see names of clusters' -r -f -a "admin\t'An administrator, or somebody who may define resource managers'
user\t'Anybody else'"
complete -c detctl -n "__fish_detctl_using_subcommand topology" -l webui -d 'Draw what the WebUI of this release really shows, and say where that departs from the page' -r
complete -c detctl -n "__fish_detctl_using_subcommand topology" -l master-version -d 'The release of the master that will read the file, 0.29.1 to 0.38.1' -r
complete -c detctl -n "__fish_detctl_using_subcommand topology" -l snapshot -d 'Kubernetes Lists, for how much there is of each pool: a folder with one file a cluster, or one file' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand topology" -l map -d 'The List of one cluster, with --live its context; repeatable' -r
complete -c detctl -n "__fish_detctl_using_subcommand topology" -l kind -d 'Read the file as this kind instead of telling by its keys' -r -f -a "master\t'the master\'s own master.yaml'
helm-values\t'values of the Determined Helm chart'
devcluster\t'a devcluster file'"
complete -c detctl -n "__fish_detctl_using_subcommand topology" -l stage -d 'The master stage of a devcluster file that has several' -r
complete -c detctl -n "__fish_detctl_using_subcommand topology" -l env -d 'Set a variable that devcluster files use; may be repeated, and the last one counts' -r
complete -c detctl -n "__fish_detctl_using_subcommand topology" -l env-file -d 'Set variables from lines NAME=VALUE of a file, values as they stand; may be repeated' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand topology" -l kubeconfig -d 'The kubeconfig that has the contexts [default: those of KUBECONFIG, else ~/.kube/config]' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand topology" -l timeout -d 'How long each cluster may take: seconds, or such as 90s, 5m' -r
complete -c detctl -n "__fish_detctl_using_subcommand topology" -l save-snapshot -d 'Keep what was read of each cluster, without anything that no answer needs, for --snapshot DIR' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand topology" -l color -d 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes' -r -f -a "auto\t''
always\t''
never\t''"
complete -c detctl -n "__fish_detctl_using_subcommand topology" -l inherit-env -d 'Let devcluster files use the variables of this process, too'
complete -c detctl -n "__fish_detctl_using_subcommand topology" -l live -d 'Look at clusters as they are now; nothing is created or changed'
complete -c detctl -n "__fish_detctl_using_subcommand topology" -l allow-exec -d 'Run the programs that kubeconfigs name to get credentials'
complete -c detctl -n "__fish_detctl_using_subcommand topology" -l fast -d 'Read the pods of a cluster in one answer of the API server\'s cache, which may be a moment old'
complete -c detctl -n "__fish_detctl_using_subcommand topology" -s v -l verbose -d 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
complete -c detctl -n "__fish_detctl_using_subcommand topology" -s q -l quiet -d 'Say only what was asked for: no notes, no summary'
complete -c detctl -n "__fish_detctl_using_subcommand topology" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -s o -l output -d 'Write the values into this file instead of to standard output, which `-` is too' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l check -d 'Write nothing, and show how this file differs from the values' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l base -d 'Lay the values into this file: whatever they do not set stays byte for byte' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l secret-name-template -d 'How Secrets with kubeconfigs are called; {cluster} stands for the name of the cluster' -r
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l schema -d 'Where a JSON Schema of the values lies, for editors: the first line of the file then names it' -r
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l release -d 'The name that the Helm release has, or will have' -r
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l namespace -d 'The namespace that the Helm release has, or will have' -r
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l set -d 'In values: set others on top, as Helm does: a.b=1,c[0].d=x; may be repeated' -r
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l set-string -d 'The same, with every value as text; may be repeated' -r
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l master-version -d 'The release of the master that will read the configuration, 0.29.1 to 0.38.1' -r
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l verify-with-helm -d 'Besides, let the `helm` of this machine render the values with this chart, and compare what comes out' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l master-host -d 'Host at which other clusters reach the master' -r
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l master-port -d 'Port at which they reach it' -r
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l master-scheme -d 'Scheme by which they reach it' -r -f -a "http\t''
https\t''"
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l master-from-service -d 'Take host and port from the master\'s Service: of --release in --namespace, on the cluster of this context' -r
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l kubeconfig -d 'The kubeconfig that has the context [default: those of KUBECONFIG, else ~/.kube/config]' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l timeout -d 'How long to wait for the address of a load balancer: seconds, or such as 90s, 5m [default: 2m]' -r
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l kind -d 'Read the file as this kind instead of telling by its keys' -r -f -a "master\t'the master\'s own master.yaml'
helm-values\t'values of the Determined Helm chart'
devcluster\t'a devcluster file'"
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l stage -d 'The master stage of a devcluster file that has several' -r
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l env -d 'Set a variable that devcluster files use; may be repeated, and the last one counts' -r
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l env-file -d 'Set variables from lines NAME=VALUE of a file, values as they stand; may be repeated' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l color -d 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes' -r -f -a "auto\t''
always\t''
never\t''"
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l diff -d 'Write nothing, and show what would change in the file of --output'
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l overwrite -d 'Replace what the base sets otherwise'
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l force -d 'Go on although `validate` finds errors'
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l allow-lossy -d 'Leave out what the chart cannot say, and list it'
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l allow-exec -d 'Run the program that the kubeconfig names to get credentials'
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -l inherit-env -d 'Let devcluster files use the variables of this process, too'
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -s v -l verbose -d 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -s q -l quiet -d 'Say only what was asked for: no notes, no summary'
complete -c detctl -n "__fish_detctl_using_subcommand render-helm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c detctl -n "__fish_detctl_using_subcommand convert" -l to -d 'The kind to write' -r -f -a "master\t'the master\'s own master.yaml'
helm-values\t'values of the Determined Helm chart'
devcluster\t'a devcluster file'"
complete -c detctl -n "__fish_detctl_using_subcommand convert" -s o -l output -d 'Write into this file instead of to standard output, which `-` is too' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand convert" -l master-version -d 'The release of the master that will read the configuration, 0.29.1 to 0.38.1' -r
complete -c detctl -n "__fish_detctl_using_subcommand convert" -l release -d 'The name that the Helm release has, or will have' -r
complete -c detctl -n "__fish_detctl_using_subcommand convert" -l namespace -d 'The namespace that the Helm release has, or will have' -r
complete -c detctl -n "__fish_detctl_using_subcommand convert" -l set -d 'In values: set others on top, as Helm does: a.b=1,c[0].d=x; may be repeated' -r
complete -c detctl -n "__fish_detctl_using_subcommand convert" -l set-string -d 'The same, with every value as text; may be repeated' -r
complete -c detctl -n "__fish_detctl_using_subcommand convert" -l kind -d 'Read the file as this kind instead of telling by its keys' -r -f -a "master\t'the master\'s own master.yaml'
helm-values\t'values of the Determined Helm chart'
devcluster\t'a devcluster file'"
complete -c detctl -n "__fish_detctl_using_subcommand convert" -l stage -d 'The master stage of a devcluster file that has several' -r
complete -c detctl -n "__fish_detctl_using_subcommand convert" -l env -d 'Set a variable that devcluster files use; may be repeated, and the last one counts' -r
complete -c detctl -n "__fish_detctl_using_subcommand convert" -l env-file -d 'Set variables from lines NAME=VALUE of a file, values as they stand; may be repeated' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand convert" -l color -d 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes' -r -f -a "auto\t''
always\t''
never\t''"
complete -c detctl -n "__fish_detctl_using_subcommand convert" -l force -d 'Go on although `validate` finds errors'
complete -c detctl -n "__fish_detctl_using_subcommand convert" -l allow-lossy -d 'To helm-values: leave out what the chart cannot say, and list it'
complete -c detctl -n "__fish_detctl_using_subcommand convert" -l inherit-env -d 'Let devcluster files use the variables of this process, too'
complete -c detctl -n "__fish_detctl_using_subcommand convert" -s v -l verbose -d 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
complete -c detctl -n "__fish_detctl_using_subcommand convert" -s q -l quiet -d 'Say only what was asked for: no notes, no summary'
complete -c detctl -n "__fish_detctl_using_subcommand convert" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c detctl -n "__fish_detctl_using_subcommand init" -l to -d 'The kind to write' -r -f -a "master\t'the master\'s own master.yaml'
helm-values\t'values of the Determined Helm chart'
devcluster\t'a devcluster file'"
complete -c detctl -n "__fish_detctl_using_subcommand init" -l cluster -d 'A cluster, and the context by which it is reached from here; repeatable' -r
complete -c detctl -n "__fish_detctl_using_subcommand init" -l kubeconfig -d 'The kubeconfig that has the contexts [default: those of KUBECONFIG, else ~/.kube/config]' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand init" -s o -l output -d 'Write into this file, which must not be there yet, instead of to standard output' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand init" -l color -d 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes' -r -f -a "auto\t''
always\t''
never\t''"
complete -c detctl -n "__fish_detctl_using_subcommand init" -s v -l verbose -d 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
complete -c detctl -n "__fish_detctl_using_subcommand init" -s q -l quiet -d 'Say only what was asked for: no notes, no summary'
complete -c detctl -n "__fish_detctl_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c detctl -n "__fish_detctl_using_subcommand diff" -l format -d 'How the answer is written' -r -f -a "human\t'For people'
json\t'One JSON document, fields only ever added'"
complete -c detctl -n "__fish_detctl_using_subcommand diff" -l master-version -d 'The release of the master that reads them, 0.29.1 to 0.38.1' -r
complete -c detctl -n "__fish_detctl_using_subcommand diff" -l set -d 'In values: set others on top, as Helm does: a.b=1,c[0].d=x; may be repeated' -r
complete -c detctl -n "__fish_detctl_using_subcommand diff" -l set-string -d 'The same, with every value as text; may be repeated' -r
complete -c detctl -n "__fish_detctl_using_subcommand diff" -l kind -d 'Read the file as this kind instead of telling by its keys' -r -f -a "master\t'the master\'s own master.yaml'
helm-values\t'values of the Determined Helm chart'
devcluster\t'a devcluster file'"
complete -c detctl -n "__fish_detctl_using_subcommand diff" -l stage -d 'The master stage of a devcluster file that has several' -r
complete -c detctl -n "__fish_detctl_using_subcommand diff" -l env -d 'Set a variable that devcluster files use; may be repeated, and the last one counts' -r
complete -c detctl -n "__fish_detctl_using_subcommand diff" -l env-file -d 'Set variables from lines NAME=VALUE of a file, values as they stand; may be repeated' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand diff" -l color -d 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes' -r -f -a "auto\t''
always\t''
never\t''"
complete -c detctl -n "__fish_detctl_using_subcommand diff" -l inherit-env -d 'Let devcluster files use the variables of this process, too'
complete -c detctl -n "__fish_detctl_using_subcommand diff" -s v -l verbose -d 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
complete -c detctl -n "__fish_detctl_using_subcommand diff" -s q -l quiet -d 'Say only what was asked for: no notes, no summary'
complete -c detctl -n "__fish_detctl_using_subcommand diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and not __fish_seen_subcommand_from create explain list show check rotate delete" -l color -d 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes' -r -f -a "auto\t''
always\t''
never\t''"
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and not __fish_seen_subcommand_from create explain list show check rotate delete" -s v -l verbose -d 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and not __fish_seen_subcommand_from create explain list show check rotate delete" -s q -l quiet -d 'Say only what was asked for: no notes, no summary'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and not __fish_seen_subcommand_from create explain list show check rotate delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and not __fish_seen_subcommand_from create explain list show check rotate delete" -f -a "create" -d 'Give a master credentials for its additional clusters, with the least rights, proven before they are stored'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and not __fish_seen_subcommand_from create explain list show check rotate delete" -f -a "explain" -d 'Tell what a master makes of a kubeconfig: whether it starts, and what each part is worth to it'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and not __fish_seen_subcommand_from create explain list show check rotate delete" -f -a "list" -d 'List the kubeconfigs that are stored for a master: where they lead, as whom, and until when'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and not __fish_seen_subcommand_from create explain list show check rotate delete" -f -a "show" -d 'Show what is in stored kubeconfigs; everything secret is told by its size'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and not __fish_seen_subcommand_from create explain list show check rotate delete" -f -a "check" -d 'Check that stored kubeconfigs still work: lifetime, identity, rights, address and certificates'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and not __fish_seen_subcommand_from create explain list show check rotate delete" -f -a "rotate" -d 'Give a master new credentials for its additional clusters, and take the old ones back once it uses the new ones'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and not __fish_seen_subcommand_from create explain list show check rotate delete" -f -a "delete" -d 'Take the stored kubeconfig of a cluster away, and with --context also the identity there'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l cluster-name -d 'One cluster instead: its `cluster_name`' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l context -d 'The context that leads to that cluster' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l map -d 'The context that leads to a cluster of the configuration; without, one that is called as the cluster' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l pull -d 'A cluster without a context: its cloud\'s own command writes one into a private file' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l default-context -d 'The context of the default cluster, where the master runs' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l namespace -d 'The namespace of the Helm release there' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l release -d 'The Helm release there' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l auth -d 'Whether an identity is made for it' -r -f -a "mint\t'One is made, with the rights of --rbac'
copy\t'None: the context\'s own token or certificate is stored, with all that it may do'"
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l sa-namespace -d 'The namespace of its ServiceAccount; never one in which tasks run' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l service-account -d 'A ServiceAccount that is there already' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l rbac -d 'Which rights it gets' -r -f -a "minimal\t'What the master does there, and nothing else'
chart\t'What the chart grants on the default cluster'
none\t'None: they are granted already'"
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l default-namespace -d '`default_namespace` of the resource manager, when no configuration tells' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l task-namespaces -d 'Further namespaces in which tasks run, or `all`: also those that the master makes for workspaces' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l token-mode -d 'What kind of token it gets' -r -f -a "secret\t'One that has no end, kept in a Secret beside the ServiceAccount'
request\t'One that ends, bound to an empty Secret: when that is deleted, it dies'"
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l ttl -d 'How long a requested token is to hold, such as 720h or 30d' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l secret-name -d 'The name of the Secret, when it is one cluster [default: as in the values, else as render-helm names it]' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l key -d 'The key of the kubeconfig in the Secret [default: as in the values, else `config`]' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l server -d 'The address of the cluster for the master, when it is one cluster [default: that of the context]' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l tls-server-name -d 'The name that the server\'s certificate bears, when it is one cluster [default: that of the context]' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l ca-file -d 'The authority of the server, when it is one cluster [default: that of the context]' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l server-proxy-url -d 'The proxy between master and cluster, empty for none, when it is one cluster [default: that of the context]' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l write-values -d 'Name the Secrets and their keys in a file of values, once they are stored; nothing else of it is changed' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -s o -l output -d 'Print the Secrets as manifests in place of writing them; what is secret, by its size' -r -f -a "yaml\t'One document for each Secret'
json\t'The Secret; a List, when there are several'"
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l output-file -d 'Print them into a new file that only you may read' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l rotation -d 'How the master gets new credentials later; `live` takes a configuration [default: as before, else restart]' -r -f -a "restart\t'When it starts'
live\t'By a file with the token beside the kubeconfig, which it reads every minute'"
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l kubeconfig -d 'The kubeconfig that has the contexts [default: those of KUBECONFIG, else ~/.kube/config]' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l timeout -d 'How long each cluster may take for each step: seconds, or such as 90s, 5m' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l skip-check -d 'Pass over a check; it is noted at the Secret' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l dry-run -d 'Only plan (client), or let the servers try it as well (server); nothing is kept' -r -f -a "client\t'Look at everything, write nothing'
server\t'Let the servers try every change that can be tried'"
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l format -d 'How the plan and what came of it are written' -r -f -a "human\t'For people'
json\t'One JSON document, fields only ever added'"
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l kind -d 'Read the file as this kind instead of telling by its keys' -r -f -a "master\t'the master\'s own master.yaml'
helm-values\t'values of the Determined Helm chart'
devcluster\t'a devcluster file'"
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l stage -d 'The master stage of a devcluster file that has several' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l env -d 'Set a variable that devcluster files use; may be repeated, and the last one counts' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l env-file -d 'Set variables from lines NAME=VALUE of a file, values as they stand; may be repeated' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l master-version -d 'The release of the master, 0.29.1 to 0.38.1' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l color -d 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes' -r -f -a "auto\t''
always\t''
never\t''"
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l renew -d 'Make a new credential also where the stored one is good'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l show-secrets -d 'Print what is secret, too: make and prove the credentials, for kubeseal, SOPS and such; never to a terminal'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l immutable -d 'Store each in a Secret that never changes; what is new gets a new name, which the values then have to tell. As before, where such Secrets are there'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l adopt -d 'Take over a Secret that was made by hand'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l replace -d 'Delete a Secret that cannot be changed, and make it anew'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l no-exec -d 'Never run the plugins that contexts name'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -s y -l yes -d 'Do not ask'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -l inherit-env -d 'Let devcluster files use the variables of this process, too'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Say only what was asked for: no notes, no summary'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from explain" -l master -d 'Where the master runs' -r -f -a "pod\t'In the pod of the chart, with the released image and the kubeconfig from a Secret'
here\t'On this machine, in this folder, as devcluster runs it'"
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from explain" -l format -d 'How the answer is written' -r -f -a "human\t'For people'
json\t'One JSON document, fields only ever added'"
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from explain" -l color -d 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes' -r -f -a "auto\t''
always\t''
never\t''"
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from explain" -s v -l verbose -d 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from explain" -s q -l quiet -d 'Say only what was asked for: no notes, no summary'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from list" -l default-context -d 'The context of the default cluster, where the master runs' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from list" -l namespace -d 'The namespace of the Helm release there' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from list" -l release -d 'Those of this Helm release only' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from list" -l kubeconfig -d 'The kubeconfig that has the context [default: those of KUBECONFIG, else ~/.kube/config]' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from list" -l timeout -d 'How long each cluster may take: seconds, or such as 90s, 5m' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from list" -l format -d 'How the answer is written' -r -f -a "human\t'For people'
json\t'One JSON document, fields only ever added'"
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from list" -l color -d 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes' -r -f -a "auto\t''
always\t''
never\t''"
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from list" -l no-exec -d 'Never run the plugin that the context names'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what was asked for: no notes, no summary'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from show" -l default-context -d 'The context of the default cluster, where the master runs' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from show" -l namespace -d 'The namespace of the Helm release there' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from show" -l release -d 'Those of this Helm release only' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from show" -l kubeconfig -d 'The kubeconfig that has the context [default: those of KUBECONFIG, else ~/.kube/config]' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from show" -l timeout -d 'How long each cluster may take: seconds, or such as 90s, 5m' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from show" -l format -d 'How the answer is written' -r -f -a "human\t'For people'
json\t'One JSON document, fields only ever added'"
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from show" -l color -d 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes' -r -f -a "auto\t''
always\t''
never\t''"
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from show" -l no-exec -d 'Never run the plugin that the context names'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what was asked for: no notes, no summary'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from check" -l within -d 'How long credentials have to hold yet: such as 90m, 36h, 14d' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from check" -l map -d 'The context that leads to a cluster: also look there, as whoever runs this, for credentials that no kubeconfig names' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from check" -l values -d 'Values of the chart, which have to name these Secrets and their keys' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from check" -l default-context -d 'The context of the default cluster, where the master runs' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from check" -l namespace -d 'The namespace of the Helm release there' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from check" -l release -d 'Those of this Helm release only' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from check" -l kubeconfig -d 'The kubeconfig that has the context [default: those of KUBECONFIG, else ~/.kube/config]' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from check" -l timeout -d 'How long each cluster may take: seconds, or such as 90s, 5m' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from check" -l format -d 'How the answer is written' -r -f -a "human\t'For people'
json\t'One JSON document, fields only ever added'"
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from check" -l color -d 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes' -r -f -a "auto\t''
always\t''
never\t''"
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from check" -l no-exec -d 'Never run the plugin that the context names'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say only what was asked for: no notes, no summary'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from rotate" -l cluster-name -d 'One cluster: its `cluster_name`' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from rotate" -l context -d 'The context that leads to that cluster' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from rotate" -l map -d 'Several clusters, each with the context that leads to it' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from rotate" -l wait -d 'How long to wait for a master that starts anew [default: 5m with --restart, else not at all]' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from rotate" -l rotation -d 'How the master gets new credentials [default: as before]' -r -f -a "restart\t'When it starts'
live\t'By a file with the token beside the kubeconfig, which it reads every minute'"
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from rotate" -l overlap -d 'How long old and new tokens both count where the master reads the token file, 70s at least: 70 s were measured from the change of the file on, and a kubelet may take two minutes to change it' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from rotate" -l default-context -d 'The context of the default cluster, where the master runs' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from rotate" -l namespace -d 'The namespace of the Helm release there' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from rotate" -l release -d 'The Helm release there' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from rotate" -l kubeconfig -d 'The kubeconfig that has the contexts [default: those of KUBECONFIG, else ~/.kube/config]' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from rotate" -l timeout -d 'How long each cluster may take for each step: seconds, or such as 90s, 5m' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from rotate" -l skip-check -d 'Pass over a check; it is noted at the Secret' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from rotate" -l dry-run -d 'Only plan (client), or let the servers try it as well (server); nothing is kept' -r -f -a "client\t'Look at everything, write nothing'
server\t'Let the servers try every change that can be tried'"
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from rotate" -l format -d 'How the plan and what came of it are written' -r -f -a "human\t'For people'
json\t'One JSON document, fields only ever added'"
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from rotate" -l color -d 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes' -r -f -a "auto\t''
always\t''
never\t''"
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from rotate" -l restart -d 'Start the master anew, and wait until it runs'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from rotate" -l revoke -d 'Take the old credentials back now: a master that still uses them loses the clusters until it starts anew'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from rotate" -l replace -d 'Delete a Secret that cannot be changed, and make it anew'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from rotate" -l no-exec -d 'Never run the plugins that contexts name'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from rotate" -s y -l yes -d 'Do not ask'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from rotate" -s v -l verbose -d 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from rotate" -s q -l quiet -d 'Say only what was asked for: no notes, no summary'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from rotate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from delete" -l cluster-name -d 'The `cluster_name` of the resource manager' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from delete" -l context -l remote -d 'The context of that cluster: its ServiceAccount, roles and token are deleted too' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from delete" -l values -d 'Values of the chart, which must no longer name the Secret' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from delete" -l default-context -d 'The context of the default cluster, where the master runs' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from delete" -l namespace -d 'The namespace of the Helm release there' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from delete" -l release -d 'Those of this Helm release only' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from delete" -l kubeconfig -d 'The kubeconfig that has the context [default: those of KUBECONFIG, else ~/.kube/config]' -r -F
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from delete" -l timeout -d 'How long each cluster may take: seconds, or such as 90s, 5m' -r
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from delete" -l format -d 'How the answer is written' -r -f -a "human\t'For people'
json\t'One JSON document, fields only ever added'"
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from delete" -l color -d 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes' -r -f -a "auto\t''
always\t''
never\t''"
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Do not ask'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from delete" -l dry-run -d 'Only tell what would be deleted'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from delete" -l no-exec -d 'Never run the plugin that the context names'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Say only what was asked for: no notes, no summary'
complete -c detctl -n "__fish_detctl_using_subcommand secrets; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c detctl -n "__fish_detctl_using_subcommand rules" -l format -d 'How to print them' -r -f -a "human\t'For people'
json\t'One JSON document, fields only ever added'"
complete -c detctl -n "__fish_detctl_using_subcommand rules" -l color -d 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes' -r -f -a "auto\t''
always\t''
never\t''"
complete -c detctl -n "__fish_detctl_using_subcommand rules" -s v -l verbose -d 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
complete -c detctl -n "__fish_detctl_using_subcommand rules" -s q -l quiet -d 'Say only what was asked for: no notes, no summary'
complete -c detctl -n "__fish_detctl_using_subcommand rules" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c detctl -n "__fish_detctl_using_subcommand explain" -l color -d 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes' -r -f -a "auto\t''
always\t''
never\t''"
complete -c detctl -n "__fish_detctl_using_subcommand explain" -s v -l verbose -d 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
complete -c detctl -n "__fish_detctl_using_subcommand explain" -s q -l quiet -d 'Say only what was asked for: no notes, no summary'
complete -c detctl -n "__fish_detctl_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c detctl -n "__fish_detctl_using_subcommand schema" -l master-version -d 'The release of the master that will read the files, 0.29.1 to 0.38.1' -r
complete -c detctl -n "__fish_detctl_using_subcommand schema" -l color -d 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes' -r -f -a "auto\t''
always\t''
never\t''"
complete -c detctl -n "__fish_detctl_using_subcommand schema" -s v -l verbose -d 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
complete -c detctl -n "__fish_detctl_using_subcommand schema" -s q -l quiet -d 'Say only what was asked for: no notes, no summary'
complete -c detctl -n "__fish_detctl_using_subcommand schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c detctl -n "__fish_detctl_using_subcommand completions" -l color -d 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes' -r -f -a "auto\t''
always\t''
never\t''"
complete -c detctl -n "__fish_detctl_using_subcommand completions" -s v -l verbose -d 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
complete -c detctl -n "__fish_detctl_using_subcommand completions" -s q -l quiet -d 'Say only what was asked for: no notes, no summary'
complete -c detctl -n "__fish_detctl_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c detctl -n "__fish_detctl_using_subcommand man" -l color -d 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes' -r -f -a "auto\t''
always\t''
never\t''"
complete -c detctl -n "__fish_detctl_using_subcommand man" -s v -l verbose -d 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
complete -c detctl -n "__fish_detctl_using_subcommand man" -s q -l quiet -d 'Say only what was asked for: no notes, no summary'
complete -c detctl -n "__fish_detctl_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c detctl -n "__fish_detctl_using_subcommand version" -l format -d 'How to print it' -r -f -a "human\t'For people'
json\t'One JSON document, fields only ever added'"
complete -c detctl -n "__fish_detctl_using_subcommand version" -l color -d 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes' -r -f -a "auto\t''
always\t''
never\t''"
complete -c detctl -n "__fish_detctl_using_subcommand version" -s v -l verbose -d 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
complete -c detctl -n "__fish_detctl_using_subcommand version" -s q -l quiet -d 'Say only what was asked for: no notes, no summary'
complete -c detctl -n "__fish_detctl_using_subcommand version" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c detctl -n "__fish_detctl_using_subcommand help; and not __fish_seen_subcommand_from validate route-dry-run capacity topology render-helm convert init diff secrets rules explain schema completions man version help" -f -a "validate" -d 'Check configurations: the master\'s verdict, before deployment'
complete -c detctl -n "__fish_detctl_using_subcommand help; and not __fish_seen_subcommand_from validate route-dry-run capacity topology render-helm convert init diff secrets rules explain schema completions man version help" -f -a "route-dry-run" -d 'Tell where requests would go and whether they would be placed now; creates nothing'
complete -c detctl -n "__fish_detctl_using_subcommand help; and not __fish_seen_subcommand_from validate route-dry-run capacity topology render-helm convert init diff secrets rules explain schema completions man version help" -f -a "capacity" -d 'Count how many copies of a pod fit on a cluster, on which nodes, and why not on the others'
complete -c detctl -n "__fish_detctl_using_subcommand help; and not __fish_seen_subcommand_from validate route-dry-run capacity topology render-helm convert init diff secrets rules explain schema completions man version help" -f -a "topology" -d 'Draw the clusters and pools of a configuration as people will see them'
complete -c detctl -n "__fish_detctl_using_subcommand help; and not __fish_seen_subcommand_from validate route-dry-run capacity topology render-helm convert init diff secrets rules explain schema completions man version help" -f -a "render-helm" -d 'Write a configuration as values of the Determined chart, proven to come back as the same'
complete -c detctl -n "__fish_detctl_using_subcommand help; and not __fish_seen_subcommand_from validate route-dry-run capacity topology render-helm convert init diff secrets rules explain schema completions man version help" -f -a "convert" -d 'Write a configuration as another kind of file, proven to be the same'
complete -c detctl -n "__fish_detctl_using_subcommand help; and not __fish_seen_subcommand_from validate route-dry-run capacity topology render-helm convert init diff secrets rules explain schema completions man version help" -f -a "init" -d 'Write a first configuration for several clusters, with comments, to go on from'
complete -c detctl -n "__fish_detctl_using_subcommand help; and not __fish_seen_subcommand_from validate route-dry-run capacity topology render-helm convert init diff secrets rules explain schema completions man version help" -f -a "diff" -d 'Compare two configurations by meaning, with what changes for requests'
complete -c detctl -n "__fish_detctl_using_subcommand help; and not __fish_seen_subcommand_from validate route-dry-run capacity topology render-helm convert init diff secrets rules explain schema completions man version help" -f -a "secrets" -d 'Look after the credentials by which a master reaches its additional clusters'
complete -c detctl -n "__fish_detctl_using_subcommand help; and not __fish_seen_subcommand_from validate route-dry-run capacity topology render-helm convert init diff secrets rules explain schema completions man version help" -f -a "rules" -d 'List the rules'
complete -c detctl -n "__fish_detctl_using_subcommand help; and not __fish_seen_subcommand_from validate route-dry-run capacity topology render-helm convert init diff secrets rules explain schema completions man version help" -f -a "explain" -d 'Explain a rule: why, what the master does, before and after'
complete -c detctl -n "__fish_detctl_using_subcommand help; and not __fish_seen_subcommand_from validate route-dry-run capacity topology render-helm convert init diff secrets rules explain schema completions man version help" -f -a "schema" -d 'Print a JSON Schema of configuration files, for editors'
complete -c detctl -n "__fish_detctl_using_subcommand help; and not __fish_seen_subcommand_from validate route-dry-run capacity topology render-helm convert init diff secrets rules explain schema completions man version help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c detctl -n "__fish_detctl_using_subcommand help; and not __fish_seen_subcommand_from validate route-dry-run capacity topology render-helm convert init diff secrets rules explain schema completions man version help" -f -a "man" -d 'Print the manual page'
complete -c detctl -n "__fish_detctl_using_subcommand help; and not __fish_seen_subcommand_from validate route-dry-run capacity topology render-helm convert init diff secrets rules explain schema completions man version help" -f -a "version" -d 'Print the version of detctl and of the master that it takes for granted'
complete -c detctl -n "__fish_detctl_using_subcommand help; and not __fish_seen_subcommand_from validate route-dry-run capacity topology render-helm convert init diff secrets rules explain schema completions man version help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c detctl -n "__fish_detctl_using_subcommand help; and __fish_seen_subcommand_from secrets" -f -a "create" -d 'Give a master credentials for its additional clusters, with the least rights, proven before they are stored'
complete -c detctl -n "__fish_detctl_using_subcommand help; and __fish_seen_subcommand_from secrets" -f -a "explain" -d 'Tell what a master makes of a kubeconfig: whether it starts, and what each part is worth to it'
complete -c detctl -n "__fish_detctl_using_subcommand help; and __fish_seen_subcommand_from secrets" -f -a "list" -d 'List the kubeconfigs that are stored for a master: where they lead, as whom, and until when'
complete -c detctl -n "__fish_detctl_using_subcommand help; and __fish_seen_subcommand_from secrets" -f -a "show" -d 'Show what is in stored kubeconfigs; everything secret is told by its size'
complete -c detctl -n "__fish_detctl_using_subcommand help; and __fish_seen_subcommand_from secrets" -f -a "check" -d 'Check that stored kubeconfigs still work: lifetime, identity, rights, address and certificates'
complete -c detctl -n "__fish_detctl_using_subcommand help; and __fish_seen_subcommand_from secrets" -f -a "rotate" -d 'Give a master new credentials for its additional clusters, and take the old ones back once it uses the new ones'
complete -c detctl -n "__fish_detctl_using_subcommand help; and __fish_seen_subcommand_from secrets" -f -a "delete" -d 'Take the stored kubeconfig of a cluster away, and with --context also the identity there'
