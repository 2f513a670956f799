//! Slurm and PBS (§2.9): only the first fault is reported.

use super::{Check, Section};

pub(super) const CHECKS: &[Check] = &[("config.DispatcherResourceManagerConfig", dispatcher)];

fn dispatcher(section: &mut Section<'_>) {
    let run_type = section.text("container_run_type", "singularity");
    let slot_type = section.record.text("slot_type").map(str::to_owned);
    let source = section.record.text("job_project_source").map(str::to_owned);
    if !matches!(&*run_type, "singularity" | "apptainer" | "podman" | "enroot") {
        section.refuse("container_run_type", format!("invalid launch container run type: '{run_type}'"));
    } else if !section.text("apptainer_image_root", "").is_empty() {
        // The decoder copies it to singularity_image_root, so that it can never be alone.
        let words = "apptainer_image_root and singularity_image_root cannot be both set";
        section.refuse("apptainer_image_root", words);
    } else if let Some(kind) = slot_type.filter(|kind| !matches!(&**kind, "cuda" | "rocm" | "cpu")) {
        let words = format!("invalid slot_type '{kind}'.  Specify one of cuda, rocm, or cpu");
        section.refuse("slot_type", words);
    } else if let Some(source) = source.filter(|source| !is_source(source)) {
        let words =
            format!("invalid job_project_source value: '{source}'. Specify one of project, workspace or label[:value]");
        section.refuse("job_project_source", words);
    }
}

fn is_source(text: &str) -> bool {
    matches!(text, "project" | "workspace" | "label") || text.starts_with("label:")
}
