//! Resource managers, their pools and images: what the chart calls otherwise than the master.

use super::base::Kept;
use super::nodes::{Sifter, plain};
use super::path::Path;
use super::secrets::{self, Secret};
use super::tree::{Origin, Tree, at};
use super::{Address, Task};
use crate::emit::{self, Node};
use crate::model::config::{Kubernetes, Manager};
use crate::model::{Origin as Written, Setting, Why};
use crate::value::{Value, ValueKind};

/// The default manager, whose settings lie all over the values.
pub(super) fn default_manager(origin: &Origin<'_>, tree: &mut Tree, sifter: &mut Sifter) {
    let Some(manager) = origin.config.default_manager() else { return };
    let Some(kubernetes) = manager.kubernetes() else { return };
    let mut put = |path: &str, node: Node| tree.put(&Path::of(path), node);
    if is_named(manager) {
        put("resourceManager.clusterName", Node::Text(emit::unquoted(&manager.cluster_name.value)));
    }
    if !kubernetes.default_namespace.value.is_empty() {
        put("resourceManager.defaultNamespace", Node::text(&kubernetes.default_namespace.value));
    }
    if let Some(slots) = kubernetes.max_slots_per_pod.value {
        put("maxSlotsPerPod", whole(slots));
    }
    slots(origin, kubernetes, &mut put);
    if kubernetes.default_scheduler.value == "coscheduler" {
        put("defaultScheduler", Node::text("coscheduler"));
    }
    if let Some(fluent) = at(origin.values, "resource_manager.fluent") {
        put("fluent", sifter.node(fluent, &Path::of("fluent")));
    }
    address(kubernetes, &mut put);
    // Both are blank then, which the chart cannot say.
    if !manager.no_default_pools.value {
        pool("defaultAuxResourcePool", &manager.default_aux_pool, &mut put);
        pool("defaultComputeResourcePool", &manager.default_compute_pool, &mut put);
    }
    if let Some(pools) = at(origin.values, "resource_pools") {
        put("resourcePools", sifter.node(pools, &Path::of("resourcePools")));
    }
}

/// Without a name the master says `default` by itself; the old `name` does for a missing one.
fn is_named(manager: &Manager) -> bool {
    let is_default = matches!(manager.cluster_name.origin, Written::Implied { why, .. } if why != Why::FromName);
    !is_default && !manager.cluster_name.value.is_empty()
}

fn whole(number: i64) -> Node {
    #[expect(clippy::cast_precision_loss, reason = "Helm and the master read doubles; the proof compares")]
    let double = number as f64;
    Node::Number(double)
}

/// The chart passes slots on only when they are not those of GPUs.
fn slots(origin: &Origin<'_>, kubernetes: &Kubernetes, put: &mut impl FnMut(&str, Node)) {
    let request = at(origin.values, "resource_manager.slot_resource_requests.cpu").map(plain);
    let has_request = kubernetes.slot_cpu_request.value != 0.0;
    if kubernetes.slot_type.value == "cuda" && !has_request {
        return;
    }
    put("slotType", Node::Text(emit::unquoted(&kubernetes.slot_type.value)));
    match request.filter(|_| has_request) {
        Some(request) => put("slotResourceRequests.cpu", request),
        None => put("slotResourceRequests", Node::Map(Vec::new())),
    }
}

/// Port and scheme are read only beside a host.
fn address(kubernetes: &Kubernetes, put: &mut impl FnMut(&str, Node)) {
    if kubernetes.master_host.value.is_empty() {
        return;
    }
    put("determinedMasterHost", Node::text(&kubernetes.master_host.value));
    if kubernetes.master_port.value != 0 {
        put("determinedMasterPort", whole(kubernetes.master_port.value));
    }
    if !kubernetes.master_scheme.value.is_empty() {
        put("determinedMasterScheme", Node::text(&kubernetes.master_scheme.value));
    }
}

fn pool(key: &str, name: &Setting<Option<String>>, put: &mut impl FnMut(&str, Node)) {
    if let (true, Some(name)) = (name.is_written(), &name.value) {
        put(key, Node::Text(emit::unquoted(name)));
    }
}

/// Additional managers are handed on as they are, but for the kubeconfig.
pub(super) fn additional(origin: &Origin<'_>, task: &Task<'_>, tree: &mut Tree, sifter: &mut Sifter) {
    let Some(ValueKind::Array(items)) = at(origin.values, "additional_resource_managers").map(|value| &value.kind)
    else {
        return;
    };
    let all = Path::of("additional_resource_managers");
    let secrets = secrets::of(origin, task);
    let mut elements = Vec::new();
    for (index, ((item, manager), secret)) in items.iter().zip(origin.config.additional()).zip(secrets).enumerate() {
        elements.push(element(item, manager, secret, &all.index(index), (sifter, task.address, origin.kept)));
    }
    if !elements.is_empty() {
        tree.put(&all, Node::List(elements));
    }
}

fn element(
    item: &Value,
    manager: &Manager,
    secret: Secret,
    path: &Path,
    (sifter, address, kept): (&mut Sifter, &Address, &Kept),
) -> Node {
    let mut element = Vec::new();
    // The master takes any spelling of these two keys, the chart only this one.
    let part = |name: &str| {
        let members = item.as_object().map_or(&[][..], |object| object.members());
        let exact = members.iter().find(|member| &*member.key == name);
        exact.or_else(|| members.iter().rfind(|member| member.key.eq_ignore_ascii_case(name))).map(|it| &it.value)
    };
    if let Some(ValueKind::Object(object)) = part("resource_manager").map(|value| &value.kind) {
        let mut members = sifter.members(object, &path.key("resource_manager"));
        let mounted =
            [("kubeconfig_secret_name".to_owned(), secret.name), ("kubeconfig_secret_value".to_owned(), secret.key)];
        // They take the place of what they stand for.
        let at = members.iter().position(|(key, _)| key == "kubeconfig_path");
        let _: Vec<_> = match at {
            Some(at) => members.splice(at..=at, mounted).collect(),
            None => members.splice(members.len().., mounted).collect(),
        };
        fill_in(address, manager, &mut members);
        kept.complete(&manager.cluster_name.value, &mut members);
        element.push(("resource_manager".to_owned(), Node::Map(members)));
    }
    if let Some(pools) = part("resource_pools") {
        element.push(("resource_pools".to_owned(), sifter.node(pools, &path.key("resource_pools"))));
    }
    Node::Map(element)
}

/// Fills in the parts of the master's address that a manager lacks.
fn fill_in(address: &Address, manager: &Manager, members: &mut Vec<(String, Node)>) {
    let Some(kubernetes) = manager.kubernetes() else { return };
    let mut fill = |key: &str, is_missing: bool, node: Option<Node>| {
        if let Some(node) = node.filter(|_| is_missing) {
            members.retain(|(known, _)| known != key);
            members.push((key.to_owned(), node));
        }
    };
    let (host, port, scheme) = (&kubernetes.master_host, &kubernetes.master_port, &kubernetes.master_scheme);
    fill("determined_master_host", host.value.is_empty(), address.host.as_ref().map(Node::text));
    fill("determined_master_port", port.value == 0, address.port.map(|port| whole(port.into())));
    fill("determined_master_scheme", scheme.value.is_empty(), address.scheme.as_ref().map(Node::text));
}

/// One image for all types of slots, or one each; the old key `gpu` counts where there is no `cuda`.
pub(super) fn images(origin: &Origin<'_>, tree: &mut Tree) {
    let Some(images) = at(origin.values, "task_container_defaults.image") else { return };
    let of = |key: &str| match &images.kind {
        ValueKind::Object(object) => object.get(key).and_then(Value::as_str),
        _ => images.as_str(),
    };
    let cuda = of("cuda").filter(|image| !image.is_empty()).or_else(|| of("gpu"));
    for (key, image) in [("cpuImage", of("cpu")), ("gpuImage", cuda), ("rocmImage", of("rocm"))] {
        if let Some(image) = image {
            tree.put(&Path::of("taskContainerDefaults").key(key), Node::text(image));
        }
    }
}
