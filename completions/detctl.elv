
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
            cand capacity 'Count how many copies of a pod fit on a cluster, on which nodes, and why not on the others'
            cand rules 'List the rules'
            cand explain 'Explain a rule: why, what the master does, before and after'
            cand completions 'Print a completion script for a shell'
            cand man 'Print the manual page'
            cand version 'Print the version of detctl and of the master that it takes for granted'
        }
        &'detctl;validate'= {
            cand --format 'How to report'
            cand --fail-on 'The least severity that makes the exit code 1'
            cand --select 'Show only findings of this rule; may be repeated'
            cand --ignore 'Do not show findings of this rule; may be repeated'
            cand --kind 'Read every file as this kind instead of telling by its keys, and pass none over'
            cand --master-version 'The release of the master that will read the files'
            cand --color 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes'
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
            cand --snapshot 'A Kubernetes List of the cluster''s objects, as JSON or YAML; `-` reads standard input'
            cand --scheduler-version 'The kube-scheduler release whose rules and words are used'
            cand --format 'How the answer is written'
            cand --color 'Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes'
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
    ]
    $completions[$command]
}
