//! A synthetic cluster as `kubectl get nodes,pods -A -o json` would show it: field-complete objects, so
//! that most of the text is of no interest, as in life.

use std::io::{self, Write};

/// Writes a List of nodes and of pods spread over them.
pub(crate) fn write(out: &mut impl Write, nodes: usize, pods: usize) -> io::Result<()> {
    out.write_all(b"{\"apiVersion\":\"v1\",\"items\":[")?;
    for at in 0..nodes {
        if at > 0 {
            out.write_all(b",")?;
        }
        out.write_all(node(at).as_bytes())?;
    }
    for at in 0..pods {
        out.write_all(b",")?;
        out.write_all(pod(at, nodes).as_bytes())?;
    }
    out.write_all(b"],\"kind\":\"List\",\"metadata\":{\"resourceVersion\":\"\"}}\n")
}

fn node(at: usize) -> String {
    let images: String = (0..50)
        .map(|i| format!(r#"{{"names":["images.example/library/image-{i}@sha256:{:064x}","images.example/library/image-{i}:1.{i}"],"sizeBytes":{}}},"#, i * at, 1000 + i))
        .collect();
    let (gpus, taints) = match at % 10 {
        0..4 => (8, r#"[{"key":"nvidia.com/gpu","effect":"NoSchedule"}]"#),
        _ => (0, "[]"),
    };
    let zone = at % 3;
    format!(
        r#"{{"apiVersion":"v1","kind":"Node","metadata":{{"annotations":{{"node.alpha.kubernetes.io/ttl":"0"}},"creationTimestamp":"2026-01-01T00:00:00Z","labels":{{"beta.kubernetes.io/arch":"amd64","beta.kubernetes.io/os":"linux","kubernetes.io/arch":"amd64","kubernetes.io/hostname":"node-{at:05}","kubernetes.io/os":"linux","node.kubernetes.io/instance-type":"p4d.24xlarge","pool":"p{}","topology.kubernetes.io/region":"r1","topology.kubernetes.io/zone":"r1{zone}"}},"name":"node-{at:05}","resourceVersion":"{at}","uid":"00000000-0000-4000-8000-{at:012x}"}},"spec":{{"podCIDR":"10.0.0.0/24","taints":{taints}}},"status":{{"addresses":[{{"address":"10.0.0.1","type":"InternalIP"}}],"allocatable":{{"cpu":"95690m","ephemeral-storage":"900Gi","hugepages-2Mi":"0","memory":"1100Gi","nvidia.com/gpu":"{gpus}","pods":"110"}},"capacity":{{"cpu":"96","memory":"1152Gi","nvidia.com/gpu":"{gpus}","pods":"110"}},"conditions":[{{"lastHeartbeatTime":"2026-01-01T00:00:00Z","reason":"KubeletReady","status":"True","type":"Ready"}}],"images":[{}],"nodeInfo":{{"architecture":"amd64","kubeletVersion":"v1.36.3"}}}}}}"#,
        at % 7,
        images.trim_end_matches(',')
    )
}

fn pod(at: usize, nodes: usize) -> String {
    let environment: String =
        (0..22).map(|i| format!(r#"{{"name":"DET_VARIABLE_{i}","value":"value-{}"}},"#, at * i)).collect();
    let fields: String = (0..18)
        .map(|i| format!(r#""k:{{\"name\":\"DET_VARIABLE_{i}\"}}":{{".":{{}},"f:name":{{}},"f:value":{{}}}},"#))
        .collect();
    let node = at % nodes.max(1);
    let gpus = if node % 10 < 4 && at / nodes.max(1) < 6 { r#","nvidia.com/gpu":"1""# } else { "" };
    let phase = if at % 50 == 49 { "Succeeded" } else { "Running" };
    format!(
        r#"{{"apiVersion":"v1","kind":"Pod","metadata":{{"annotations":{{"determined.ai/trial":"{at}"}},"creationTimestamp":"2026-01-01T00:00:00Z","labels":{{"app":"app-{}","batch.kubernetes.io/job-name":"job-{at}","determined":"allocation-{at}"}},"managedFields":[{{"apiVersion":"v1","fieldsType":"FieldsV1","fieldsV1":{{"f:spec":{{"f:containers":{{{}}}}}}},"manager":"determined-master","operation":"Update"}}],"name":"pod-{at:06}","namespace":"ns-{}","ownerReferences":[{{"apiVersion":"batch/v1","kind":"Job","name":"job-{at}","uid":"u"}}],"resourceVersion":"{at}","uid":"00000000-0000-4000-9000-{at:012x}"}},"spec":{{"containers":[{{"command":["/run/determined/train/entrypoint.sh"],"env":[{}],"image":"images.example/determined/environments:cuda-11.8","name":"determined-container","resources":{{"limits":{{"cpu":"2500m","memory":"16Gi"{gpus}}},"requests":{{"cpu":"2500m","memory":"16Gi"{gpus}}}}},"volumeMounts":[{{"mountPath":"/run/determined","name":"run"}}]}}],"initContainers":[{{"image":"images.example/determined/init:1","name":"determined-init-container","resources":{{}}}}],"nodeName":"node-{node:05}","priority":0,"schedulerName":"default-scheduler","tolerations":[{{"effect":"NoExecute","key":"node.kubernetes.io/not-ready","operator":"Exists","tolerationSeconds":300}},{{"key":"nvidia.com/gpu","operator":"Exists"}}],"volumes":[{{"emptyDir":{{}},"name":"run"}},{{"name":"token","projected":{{"sources":[{{"serviceAccountToken":{{"path":"token"}}}}]}}}}]}},"status":{{"conditions":[{{"status":"True","type":"PodScheduled"}},{{"status":"True","type":"Ready"}}],"containerStatuses":[{{"containerID":"containerd://{at:064x}","image":"images.example/determined/environments:cuda-11.8","name":"determined-container","ready":true,"resources":{{"limits":{{"cpu":"2500m","memory":"16Gi"}},"requests":{{"cpu":"2500m","memory":"16Gi"{gpus}}}}},"allocatedResources":{{"cpu":"2500m","memory":"16Gi"{gpus}}}}}],"phase":"{phase}","podIP":"10.1.2.3","qosClass":"Guaranteed"}}}}"#,
        at % 20,
        fields.trim_end_matches(','),
        at % 30,
        environment.trim_end_matches(',')
    )
}
