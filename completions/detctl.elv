
use builtin;
use str;

set edit:completion:arg-completer[detctl] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'detctl'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'detctl'= {
            cand --color 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes'
            cand -v 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand --verbose 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand -q 'Say only what was asked for: no notes, no summary'
            cand --quiet 'Say only what was asked for: no notes, no summary'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand validate 'Check configurations: the master''s verdict, before deployment'
            cand route-dry-run 'Tell where requests would go and whether they would be placed now; creates nothing'
            cand capacity 'Count how many copies of a pod fit on a cluster, on which nodes, and why not on the others'
            cand topology 'Draw the clusters and pools of a configuration as people will see them'
            cand render-helm 'Write a configuration as values of the Determined chart, proven to come back as the same'
            cand convert 'Write a configuration as another kind of file, proven to be the same'
            cand init 'Write a first configuration for several clusters, with comments, to go on from'
            cand diff 'Compare two configurations by meaning, with what changes for requests'
            cand secrets 'Look after the credentials by which a master reaches its additional clusters'
            cand rules 'List the rules'
            cand explain 'Explain a rule: why, what the master does, before and after'
            cand schema 'Print a JSON Schema of configuration files, for editors'
            cand completions 'Print a completion script for a shell'
            cand man 'Print the manual page'
            cand version 'Print the version of detctl and of the master that it takes for granted'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'detctl;validate'= {
            cand --format 'How to report'
            cand --report 'Also write a report into a file; may be repeated'
            cand --fail-on 'The least severity that makes the exit code 1'
            cand --select 'Show only findings of these rules, divided by commas; may be repeated'
            cand --ignore 'Do not show findings of these rules, divided by commas; may be repeated'
            cand --kind 'Read every file as this kind instead of telling by its keys, and pass none over'
            cand --master-version 'The release of the master that will read the files, 0.29.1 to 0.38.1'
            cand --kubeconfig-root 'A folder that stands for `/` where the master runs: paths of kubeconfigs are looked up below it'
            cand --map 'With --live: the context of a cluster, where the kubeconfig that the configuration names is not here; repeatable'
            cand --kubeconfig 'The kubeconfig that has the contexts [default: those of KUBECONFIG, else ~/.kube/config]'
            cand --timeout 'How long each cluster may take: seconds, or such as 90s, 5m'
            cand --save-snapshot 'Keep what was read of each cluster, without anything that no answer needs, for --snapshot DIR'
            cand --release 'The name of the release'
            cand --namespace 'The namespace of the release'
            cand -f 'A file of values; several are one deployment, the later ones laid over the earlier ones'
            cand --values 'A file of values; several are one deployment, the later ones laid over the earlier ones'
            cand --set 'Sets values on top of every file of values: a.b=1,c[0].d=x; may be repeated'
            cand --set-string 'The same, with every value as text; may be repeated'
            cand --env 'Set a variable that devcluster files use; may be repeated, and the last one counts'
            cand --env-file 'Set variables from lines NAME=VALUE of a file, values as they stand; may be repeated'
            cand --color 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes'
            cand --fix 'Mend what can be mended safely, and write the files; of - the mended text is printed'
            cand --unsafe-fixes 'With --fix or --diff: also mend by good guesses'
            cand --diff 'Print what --fix would change as a unified diff, and write nothing'
            cand --live 'Look at clusters as they are now; nothing is created or changed'
            cand --allow-exec 'Run the programs that kubeconfigs name to get credentials'
            cand --fast 'Read the pods of a cluster in one answer of the API server''s cache, which may be a moment old'
            cand --installed 'The release exists: no initial password is demanded, unless the database is elsewhere'
            cand --inherit-env 'Let devcluster files use the variables of this process, too'
            cand -v 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand --verbose 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand -q 'Say only what was asked for: no notes, no summary'
            cand --quiet 'Say only what was asked for: no notes, no summary'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'detctl;route-dry-run'= {
            cand --pool 'Resource pool of the request'
            cand --slots 'Slots of the request'
            cand --task 'Kind of task'
            cand --workspace 'Workspace that the request comes from'
            cand --workspace-default-pool 'Default pool of that workspace'
            cand --namespace 'Namespace that the workspace is bound to'
            cand --priority 'Priority of the request, 1 to 99'
            cand --pod-spec 'Pod spec of the request, laid over the defaults'
            cand --cluster-id 'Id of the Determined cluster, for the label that keeps blocked nodes out'
            cand --snapshot 'Kubernetes Lists: a folder with one file a cluster, or one file'
            cand --map 'The List of one cluster, with --live its context; repeatable'
            cand --format 'How the answer is written'
            cand --fail-when 'Verdicts that make the exit code 1 [default: all but FITS_NOW and ROUTED]'
            cand --scheduler-version 'The kube-scheduler release whose rules and words are used [default: each live cluster''s, else 1.37]'
            cand --master-version 'Release of the master, 0.29.1 to 0.38.1'
            cand --kind 'Read the file as this kind instead of telling by its keys'
            cand --stage 'The master stage of a devcluster file that has several'
            cand --env 'Set a variable that devcluster files use; may be repeated, and the last one counts'
            cand --env-file 'Set variables from lines NAME=VALUE of a file, values as they stand; may be repeated'
            cand --kubeconfig 'The kubeconfig that has the contexts [default: those of KUBECONFIG, else ~/.kube/config]'
            cand --timeout 'How long each cluster may take: seconds, or such as 90s, 5m'
            cand --save-snapshot 'Keep what was read of each cluster, without anything that no answer needs, for --snapshot DIR'
            cand --color 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes'
            cand --single-node 'Keep the experiment in one pod'
            cand --together 'Place the requests one after another instead of each alone'
            cand --all-pools 'Ask the same of every pool; those where it fits come first'
            cand --server-dry-run 'Have each API server judge one pod of each request, without keeping it; needs the right to create pods'
            cand --strict 'Make a yes unknown when admission objects were not read'
            cand --explain-nodes 'Name all nodes'
            cand --inherit-env 'Let devcluster files use the variables of this process, too'
            cand --live 'Look at clusters as they are now; nothing is created or changed'
            cand --allow-exec 'Run the programs that kubeconfigs name to get credentials'
            cand --fast 'Read the pods of a cluster in one answer of the API server''s cache, which may be a moment old'
            cand -v 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand --verbose 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand -q 'Say only what was asked for: no notes, no summary'
            cand --quiet 'Say only what was asked for: no notes, no summary'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'detctl;capacity'= {
            cand --pod 'The pod, as YAML or JSON; `-` reads standard input'
            cand --copies 'How many copies are submitted [default: as many as fit, up to 100,000]'
            cand --snapshot 'A Kubernetes List of the cluster''s objects, as JSON or YAML, or the folder of one that was saved; `-` reads standard input'
            cand --scheduler-version 'The kube-scheduler release whose rules and words are used [default: the live cluster''s, else 1.37]'
            cand --format 'How the answer is written'
            cand --context 'The context of the live cluster, instead of the current one; implies --live'
            cand --kubeconfig 'The kubeconfig that has the contexts [default: those of KUBECONFIG, else ~/.kube/config]'
            cand --timeout 'How long each cluster may take: seconds, or such as 90s, 5m'
            cand --save-snapshot 'Keep what was read of each cluster, without anything that no answer needs, for --snapshot DIR'
            cand --color 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes'
            cand --live 'Look at clusters as they are now; nothing is created or changed'
            cand --allow-exec 'Run the programs that kubeconfigs name to get credentials'
            cand --fast 'Read the pods of a cluster in one answer of the API server''s cache, which may be a moment old'
            cand -v 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand --verbose 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand -q 'Say only what was asked for: no notes, no summary'
            cand --quiet 'Say only what was asked for: no notes, no summary'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'detctl;topology'= {
            cand --format 'How to draw'
            cand --viewer 'Who looks: by the documentation page only administrators, and those who may define resource managers, see names of clusters'
            cand --webui 'Draw what the WebUI of this release really shows, and say where that departs from the page'
            cand --master-version 'The release of the master that will read the file, 0.29.1 to 0.38.1'
            cand --snapshot 'Kubernetes Lists, for how much there is of each pool: a folder with one file a cluster, or one file'
            cand --map 'The List of one cluster, with --live its context; repeatable'
            cand --kind 'Read the file as this kind instead of telling by its keys'
            cand --stage 'The master stage of a devcluster file that has several'
            cand --env 'Set a variable that devcluster files use; may be repeated, and the last one counts'
            cand --env-file 'Set variables from lines NAME=VALUE of a file, values as they stand; may be repeated'
            cand --kubeconfig 'The kubeconfig that has the contexts [default: those of KUBECONFIG, else ~/.kube/config]'
            cand --timeout 'How long each cluster may take: seconds, or such as 90s, 5m'
            cand --save-snapshot 'Keep what was read of each cluster, without anything that no answer needs, for --snapshot DIR'
            cand --color 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes'
            cand --inherit-env 'Let devcluster files use the variables of this process, too'
            cand --live 'Look at clusters as they are now; nothing is created or changed'
            cand --allow-exec 'Run the programs that kubeconfigs name to get credentials'
            cand --fast 'Read the pods of a cluster in one answer of the API server''s cache, which may be a moment old'
            cand -v 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand --verbose 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand -q 'Say only what was asked for: no notes, no summary'
            cand --quiet 'Say only what was asked for: no notes, no summary'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'detctl;render-helm'= {
            cand -o 'Write the values into this file instead of to standard output'
            cand --output 'Write the values into this file instead of to standard output'
            cand --check 'Write nothing, and show how this file differs from the values'
            cand --base 'Lay the values into this file: whatever they do not set stays byte for byte'
            cand --secret-name-template 'How Secrets with kubeconfigs are called; {cluster} stands for the name of the cluster'
            cand --schema 'Where a JSON Schema of the values lies, for editors: the first line of the file then names it'
            cand --release 'The name that the Helm release will have'
            cand --namespace 'The namespace that the Helm release will have'
            cand --master-version 'The release of the master that will read the configuration, 0.29.1 to 0.38.1'
            cand --verify-with-helm 'Besides, let the `helm` of this machine render the values with this chart, and compare what comes out'
            cand --master-host 'Host at which other clusters reach the master'
            cand --master-port 'Port at which they reach it'
            cand --master-scheme 'Scheme by which they reach it'
            cand --master-from-service 'Take host and port from the master''s Service: of --release in --namespace, on the cluster of this context'
            cand --kubeconfig 'The kubeconfig that has the context [default: those of KUBECONFIG, else ~/.kube/config]'
            cand --timeout 'How long to wait for the address of a load balancer: seconds, or such as 90s, 5m [default: 2m]'
            cand --kind 'Read the file as this kind instead of telling by its keys'
            cand --stage 'The master stage of a devcluster file that has several'
            cand --env 'Set a variable that devcluster files use; may be repeated, and the last one counts'
            cand --env-file 'Set variables from lines NAME=VALUE of a file, values as they stand; may be repeated'
            cand --color 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes'
            cand --diff 'Write nothing, and show what would change in the file of --output'
            cand --overwrite 'Replace what the base sets otherwise'
            cand --force 'Go on although `validate` finds errors'
            cand --allow-lossy 'Leave out what the chart cannot say, and list it'
            cand --allow-exec 'Run the program that the kubeconfig names to get credentials'
            cand --inherit-env 'Let devcluster files use the variables of this process, too'
            cand -v 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand --verbose 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand -q 'Say only what was asked for: no notes, no summary'
            cand --quiet 'Say only what was asked for: no notes, no summary'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'detctl;convert'= {
            cand --to 'The kind to write'
            cand -o 'Write into this file instead of to standard output'
            cand --output 'Write into this file instead of to standard output'
            cand --master-version 'The release of the master that will read the configuration, 0.29.1 to 0.38.1'
            cand --set 'From values: set others on top, as Helm does: a.b=1,c[0].d=x; may be repeated'
            cand --set-string 'The same, with every value as text; may be repeated'
            cand --kind 'Read the file as this kind instead of telling by its keys'
            cand --stage 'The master stage of a devcluster file that has several'
            cand --env 'Set a variable that devcluster files use; may be repeated, and the last one counts'
            cand --env-file 'Set variables from lines NAME=VALUE of a file, values as they stand; may be repeated'
            cand --color 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes'
            cand --force 'Go on although `validate` finds errors'
            cand --allow-lossy 'To helm-values: leave out what the chart cannot say, and list it'
            cand --inherit-env 'Let devcluster files use the variables of this process, too'
            cand -v 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand --verbose 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand -q 'Say only what was asked for: no notes, no summary'
            cand --quiet 'Say only what was asked for: no notes, no summary'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'detctl;init'= {
            cand --to 'The kind to write'
            cand --cluster 'A cluster, and the context by which it is reached from here; repeatable'
            cand --kubeconfig 'The kubeconfig that has the contexts [default: those of KUBECONFIG, else ~/.kube/config]'
            cand -o 'Write into this file, which must not be there yet, instead of to standard output'
            cand --output 'Write into this file, which must not be there yet, instead of to standard output'
            cand --color 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes'
            cand -v 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand --verbose 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand -q 'Say only what was asked for: no notes, no summary'
            cand --quiet 'Say only what was asked for: no notes, no summary'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'detctl;diff'= {
            cand --format 'How the answer is written'
            cand --master-version 'The release of the master that reads them, 0.29.1 to 0.38.1'
            cand --kind 'Read the file as this kind instead of telling by its keys'
            cand --stage 'The master stage of a devcluster file that has several'
            cand --env 'Set a variable that devcluster files use; may be repeated, and the last one counts'
            cand --env-file 'Set variables from lines NAME=VALUE of a file, values as they stand; may be repeated'
            cand --color 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes'
            cand --inherit-env 'Let devcluster files use the variables of this process, too'
            cand -v 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand --verbose 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand -q 'Say only what was asked for: no notes, no summary'
            cand --quiet 'Say only what was asked for: no notes, no summary'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'detctl;secrets'= {
            cand --color 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes'
            cand -v 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand --verbose 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand -q 'Say only what was asked for: no notes, no summary'
            cand --quiet 'Say only what was asked for: no notes, no summary'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand create 'Give a master credentials for its additional clusters, with the least rights, proven before they are stored'
            cand explain 'Tell what a master makes of a kubeconfig: whether it starts, and what each part is worth to it'
            cand list 'List the kubeconfigs that are stored for a master: where they lead, as whom, and until when'
            cand show 'Show what is in stored kubeconfigs; everything secret is told by its size'
            cand check 'Check that stored kubeconfigs still work: lifetime, identity, rights, address and certificates'
            cand rotate 'Give a master new credentials for its additional clusters, and take the old ones back once it uses the new ones'
            cand delete 'Take the stored kubeconfig of a cluster away, and with --context also the identity there'
        }
        &'detctl;secrets;create'= {
            cand --cluster-name 'One cluster instead: its `cluster_name`'
            cand --context 'The context that leads to that cluster'
            cand --map 'The context that leads to a cluster of the configuration; without, one that is called as the cluster'
            cand --pull 'A cluster without a context: its cloud''s own command writes one into a private file'
            cand --default-context 'The context of the default cluster, where the master runs'
            cand --namespace 'The namespace of the Helm release there'
            cand --release 'The Helm release there'
            cand --auth 'Whether an identity is made for it'
            cand --sa-namespace 'The namespace of its ServiceAccount; never one in which tasks run'
            cand --service-account 'A ServiceAccount that is there already'
            cand --rbac 'Which rights it gets'
            cand --default-namespace '`default_namespace` of the resource manager, when no configuration tells'
            cand --task-namespaces 'Further namespaces in which tasks run, or `all`: also those that the master makes for workspaces'
            cand --token-mode 'What kind of token it gets'
            cand --ttl 'How long a requested token is to hold, such as 720h or 30d'
            cand --secret-name 'The name of the Secret, when it is one cluster [default: as in the values, else as render-helm names it]'
            cand --key 'The key of the kubeconfig in the Secret [default: as in the values, else `config`]'
            cand --server 'The address of the cluster for the master, when it is one cluster [default: that of the context]'
            cand --tls-server-name 'The name that the server''s certificate bears, when it is one cluster [default: that of the context]'
            cand --ca-file 'The authority of the server, when it is one cluster [default: that of the context]'
            cand --server-proxy-url 'The proxy between master and cluster, empty for none, when it is one cluster [default: that of the context]'
            cand --write-values 'Name the Secrets and their keys in a file of values, once they are stored; nothing else of it is changed'
            cand -o 'Print the Secrets as manifests in place of writing them; what is secret, by its size'
            cand --output 'Print the Secrets as manifests in place of writing them; what is secret, by its size'
            cand --output-file 'Print them into a new file that only you may read'
            cand --rotation 'How the master gets new credentials later; `live` takes a configuration [default: as before, else restart]'
            cand --kubeconfig 'The kubeconfig that has the contexts [default: those of KUBECONFIG, else ~/.kube/config]'
            cand --timeout 'How long each cluster may take for each step: seconds, or such as 90s, 5m'
            cand --skip-check 'Pass over a check; it is noted at the Secret'
            cand --dry-run 'Only plan (client), or let the servers try it as well (server); nothing is kept'
            cand --format 'How the plan and what came of it are written'
            cand --kind 'Read the file as this kind instead of telling by its keys'
            cand --stage 'The master stage of a devcluster file that has several'
            cand --env 'Set a variable that devcluster files use; may be repeated, and the last one counts'
            cand --env-file 'Set variables from lines NAME=VALUE of a file, values as they stand; may be repeated'
            cand --master-version 'The release of the master, 0.29.1 to 0.38.1'
            cand --color 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes'
            cand --show-secrets 'Print what is secret, too: make and prove the credentials, for kubeseal, SOPS and such; never to a terminal'
            cand --adopt 'Take over a Secret that was made by hand'
            cand --replace 'Delete a Secret that cannot be changed, and make it anew'
            cand --no-exec 'Never run the plugins that contexts name'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --inherit-env 'Let devcluster files use the variables of this process, too'
            cand -v 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand --verbose 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand -q 'Say only what was asked for: no notes, no summary'
            cand --quiet 'Say only what was asked for: no notes, no summary'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'detctl;secrets;explain'= {
            cand --master 'Where the master runs'
            cand --format 'How the answer is written'
            cand --color 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes'
            cand -v 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand --verbose 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand -q 'Say only what was asked for: no notes, no summary'
            cand --quiet 'Say only what was asked for: no notes, no summary'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'detctl;secrets;list'= {
            cand --default-context 'The context of the default cluster, where the master runs'
            cand --namespace 'The namespace of the Helm release there'
            cand --release 'Those of this Helm release only'
            cand --kubeconfig 'The kubeconfig that has the context [default: those of KUBECONFIG, else ~/.kube/config]'
            cand --timeout 'How long each cluster may take: seconds, or such as 90s, 5m'
            cand --format 'How the answer is written'
            cand --color 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes'
            cand --no-exec 'Never run the plugin that the context names'
            cand -v 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand --verbose 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand -q 'Say only what was asked for: no notes, no summary'
            cand --quiet 'Say only what was asked for: no notes, no summary'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'detctl;secrets;show'= {
            cand --default-context 'The context of the default cluster, where the master runs'
            cand --namespace 'The namespace of the Helm release there'
            cand --release 'Those of this Helm release only'
            cand --kubeconfig 'The kubeconfig that has the context [default: those of KUBECONFIG, else ~/.kube/config]'
            cand --timeout 'How long each cluster may take: seconds, or such as 90s, 5m'
            cand --format 'How the answer is written'
            cand --color 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes'
            cand --no-exec 'Never run the plugin that the context names'
            cand -v 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand --verbose 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand -q 'Say only what was asked for: no notes, no summary'
            cand --quiet 'Say only what was asked for: no notes, no summary'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'detctl;secrets;check'= {
            cand --within 'How long credentials have to hold yet: such as 90m, 36h, 14d'
            cand --map 'The context that leads to a cluster: also look there, as whoever runs this, for credentials that no kubeconfig names'
            cand --values 'Values of the chart, which have to name these Secrets and their keys'
            cand --default-context 'The context of the default cluster, where the master runs'
            cand --namespace 'The namespace of the Helm release there'
            cand --release 'Those of this Helm release only'
            cand --kubeconfig 'The kubeconfig that has the context [default: those of KUBECONFIG, else ~/.kube/config]'
            cand --timeout 'How long each cluster may take: seconds, or such as 90s, 5m'
            cand --format 'How the answer is written'
            cand --color 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes'
            cand --no-exec 'Never run the plugin that the context names'
            cand -v 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand --verbose 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand -q 'Say only what was asked for: no notes, no summary'
            cand --quiet 'Say only what was asked for: no notes, no summary'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'detctl;secrets;rotate'= {
            cand --cluster-name 'One cluster: its `cluster_name`'
            cand --context 'The context that leads to that cluster'
            cand --map 'Several clusters, each with the context that leads to it'
            cand --wait 'How long to wait for a master that starts anew [default: 5m with --restart, else not at all]'
            cand --rotation 'How the master gets new credentials [default: as before]'
            cand --overlap 'How long old and new tokens both count where the master reads the token file, 70s at least: 70 s were measured from the change of the file on, and a kubelet may take two minutes to change it'
            cand --default-context 'The context of the default cluster, where the master runs'
            cand --namespace 'The namespace of the Helm release there'
            cand --release 'The Helm release there'
            cand --kubeconfig 'The kubeconfig that has the contexts [default: those of KUBECONFIG, else ~/.kube/config]'
            cand --timeout 'How long each cluster may take for each step: seconds, or such as 90s, 5m'
            cand --skip-check 'Pass over a check; it is noted at the Secret'
            cand --dry-run 'Only plan (client), or let the servers try it as well (server); nothing is kept'
            cand --format 'How the plan and what came of it are written'
            cand --color 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes'
            cand --restart 'Start the master anew, and wait until it runs'
            cand --revoke 'Take the old credentials back now: a master that still uses them loses the clusters until it starts anew'
            cand --replace 'Delete a Secret that cannot be changed, and make it anew'
            cand --no-exec 'Never run the plugins that contexts name'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand -v 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand --verbose 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand -q 'Say only what was asked for: no notes, no summary'
            cand --quiet 'Say only what was asked for: no notes, no summary'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'detctl;secrets;delete'= {
            cand --cluster-name 'The `cluster_name` of the resource manager'
            cand --context 'The context of that cluster: its ServiceAccount, roles and token are deleted too'
            cand --default-context 'The context of the default cluster, where the master runs'
            cand --namespace 'The namespace of the Helm release there'
            cand --release 'Those of this Helm release only'
            cand --kubeconfig 'The kubeconfig that has the context [default: those of KUBECONFIG, else ~/.kube/config]'
            cand --timeout 'How long each cluster may take: seconds, or such as 90s, 5m'
            cand --format 'How the answer is written'
            cand --color 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --dry-run 'Only tell what would be deleted'
            cand --no-exec 'Never run the plugin that the context names'
            cand -v 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand --verbose 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand -q 'Say only what was asked for: no notes, no summary'
            cand --quiet 'Say only what was asked for: no notes, no summary'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'detctl;rules'= {
            cand --format 'How to print them'
            cand --color 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes'
            cand -v 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand --verbose 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand -q 'Say only what was asked for: no notes, no summary'
            cand --quiet 'Say only what was asked for: no notes, no summary'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'detctl;explain'= {
            cand --color 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes'
            cand -v 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand --verbose 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand -q 'Say only what was asked for: no notes, no summary'
            cand --quiet 'Say only what was asked for: no notes, no summary'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'detctl;schema'= {
            cand --master-version 'The release of the master that will read the files, 0.29.1 to 0.38.1'
            cand --color 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes'
            cand -v 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand --verbose 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand -q 'Say only what was asked for: no notes, no summary'
            cand --quiet 'Say only what was asked for: no notes, no summary'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'detctl;completions'= {
            cand --color 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes'
            cand -v 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand --verbose 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand -q 'Say only what was asked for: no notes, no summary'
            cand --quiet 'Say only what was asked for: no notes, no summary'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'detctl;man'= {
            cand --color 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes'
            cand -v 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand --verbose 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand -q 'Say only what was asked for: no notes, no summary'
            cand --quiet 'Say only what was asked for: no notes, no summary'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'detctl;version'= {
            cand --format 'How to print it'
            cand --color 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes'
            cand -v 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand --verbose 'Say more: files passed over and why, verdicts, facts; twice: effective configurations'
            cand -q 'Say only what was asked for: no notes, no summary'
            cand --quiet 'Say only what was asked for: no notes, no summary'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'detctl;help'= {
            cand validate 'Check configurations: the master''s verdict, before deployment'
            cand route-dry-run 'Tell where requests would go and whether they would be placed now; creates nothing'
            cand capacity 'Count how many copies of a pod fit on a cluster, on which nodes, and why not on the others'
            cand topology 'Draw the clusters and pools of a configuration as people will see them'
            cand render-helm 'Write a configuration as values of the Determined chart, proven to come back as the same'
            cand convert 'Write a configuration as another kind of file, proven to be the same'
            cand init 'Write a first configuration for several clusters, with comments, to go on from'
            cand diff 'Compare two configurations by meaning, with what changes for requests'
            cand secrets 'Look after the credentials by which a master reaches its additional clusters'
            cand rules 'List the rules'
            cand explain 'Explain a rule: why, what the master does, before and after'
            cand schema 'Print a JSON Schema of configuration files, for editors'
            cand completions 'Print a completion script for a shell'
            cand man 'Print the manual page'
            cand version 'Print the version of detctl and of the master that it takes for granted'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'detctl;help;validate'= {
        }
        &'detctl;help;route-dry-run'= {
        }
        &'detctl;help;capacity'= {
        }
        &'detctl;help;topology'= {
        }
        &'detctl;help;render-helm'= {
        }
        &'detctl;help;convert'= {
        }
        &'detctl;help;init'= {
        }
        &'detctl;help;diff'= {
        }
        &'detctl;help;secrets'= {
            cand create 'Give a master credentials for its additional clusters, with the least rights, proven before they are stored'
            cand explain 'Tell what a master makes of a kubeconfig: whether it starts, and what each part is worth to it'
            cand list 'List the kubeconfigs that are stored for a master: where they lead, as whom, and until when'
            cand show 'Show what is in stored kubeconfigs; everything secret is told by its size'
            cand check 'Check that stored kubeconfigs still work: lifetime, identity, rights, address and certificates'
            cand rotate 'Give a master new credentials for its additional clusters, and take the old ones back once it uses the new ones'
            cand delete 'Take the stored kubeconfig of a cluster away, and with --context also the identity there'
        }
        &'detctl;help;secrets;create'= {
        }
        &'detctl;help;secrets;explain'= {
        }
        &'detctl;help;secrets;list'= {
        }
        &'detctl;help;secrets;show'= {
        }
        &'detctl;help;secrets;check'= {
        }
        &'detctl;help;secrets;rotate'= {
        }
        &'detctl;help;secrets;delete'= {
        }
        &'detctl;help;rules'= {
        }
        &'detctl;help;explain'= {
        }
        &'detctl;help;schema'= {
        }
        &'detctl;help;completions'= {
        }
        &'detctl;help;man'= {
        }
        &'detctl;help;version'= {
        }
        &'detctl;help;help'= {
        }
    ]
    $completions[$command]
}
