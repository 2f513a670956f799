//! The files of the chart's GenAI part, which are there when `genai.version` is set. They hold nothing of the master's
//! configuration, but Helm renders nothing when one of them is broken.

use super::Print::{Bare, Quoted, Yaml};
use super::Step::{Demand, PoolMetadata, Release, Text, When};
use super::Test::{All, Any as OneOf, Filled, Not};
use super::objects::{DB_CERTIFICATE, template, unread};
use super::{Step, Template, put, put_required};

pub(super) static ACCOUNT: Template = unread(
    "genai/genai-service-account.yaml",
    &[When(Filled("genai"), &[When(Filled("genai.version"), &[], &[])], &[])],
);

pub(super) static METADATA: Template = template(
    "genai/genai-resource-pool-metadata.yaml",
    &[When(
        Filled("genai"),
        &[When(
            Filled("genai.version"),
            &[
                PoolMetadata,
                Text("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: genai\n  namespace: "),
                Step::Namespace,
                Text("\n  labels:\n    app: genai\n    release: x\ndata:\n  resource_pool_metadata.yaml: |"),
                put("genai.extraResourcePoolMetadata", Yaml(4)),
            ],
            &[],
        )],
        &[],
    )],
);

pub(super) static QUEUE: Template = template(
    "genai/genai-queue-service.yaml",
    &[When(
        Filled("genai"),
        &[When(
            Filled("genai.version"),
            &[
                SERVICE,
                put_required("genai.messageQueuePort", "A valid Values.genai.messageQueuePort entry required!"),
                TARGET,
                put("genai.messageQueuePort", Bare),
                SELECTOR,
            ],
            &[],
        )],
        &[],
    )],
);

pub(super) static BACKEND: Template = template(
    "genai/genai-backend-service.yaml",
    &[When(
        Filled("genai"),
        &[When(
            Filled("genai.version"),
            &[
                SERVICE,
                put_required("genai.port", "A valid Values.genai.port entry required!"),
                TARGET,
                put("genai.port", Bare),
                SELECTOR,
            ],
            &[],
        )],
        &[],
    )],
);

const SERVICE: Step = Text(
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: genai\n  namespace: x\n  labels:\n    app: genai\n    release: x\n\
     spec:\n  ports:\n  - port: ",
);
const TARGET: Step = Text("\n    targetPort: ");
const SELECTOR: Step = Text("\n    protocol: TCP\n  type: ClusterIP\n  selector:\n    app: genai");

pub(super) static VOLUME: Template = template(
    "genai/genai-persistent-volume-claim.yaml",
    &[When(
        Filled("genai"),
        &[When(
            All(&[
                Filled("genai.version"),
                Not(&Filled("genai.sharedPVCName")),
                Not(&Filled("genai.sharedFSHostPath")),
            ]),
            &[
                Text("apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: x\n  namespace: x\n  labels:\n"),
                Text("    app: x\n    release: x\nspec:\n  accessModes:\n    - ReadWriteMany\n  resources:\n"),
                Text("    requests:\n      storage: "),
                When(
                    Filled("genai.generatedPVC"),
                    &[put_required("genai.generatedPVC.storageSize", NO_VOLUME_SIZE)],
                    &[Demand("genai.generatedPVC", NO_VOLUME_SIZE), put("genai.generatedPVC", Bare)],
                ),
                Text("\n  storageClassName: "),
                put_required(
                    "genai.generatedPVC.storageClassName",
                    "A valid .Values.genai.generatedPVC.storageClassName entry is required if a .Values.sharedPVCName is \
                     not specified",
                ),
            ],
            &[],
        )],
        &[],
    )],
);

const NO_VOLUME_SIZE: &str =
    "A valid .Values.genai.generatedPVC.storageSize entry is required if a .Values.sharedPVCName is not specified";

pub(super) static PERMISSIONS: Template = template(
    "genai/genai-initialize-shared-fs-permissions.yaml",
    &[When(
        Filled("genai"),
        &[When(
            All(&[Filled("genai.version"), Filled("genai.shouldInitializeSharedFSGroupPermissions")]),
            &[
                Text("apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: x\n  namespace: x\n  labels:\n    app: x\n"),
                Text("    release: x\n  annotations:\n    \"helm.sh/hook\": x\n    \"helm.sh/hook-weight\": \"0\"\n"),
                Text("    \"helm.sh/hook-delete-policy\": x\nspec:\n  template:\n    metadata:\n      name: x\n"),
                Text("      labels:\n        app: x\n        release: x\n    spec:\n      serviceAccount: x\n"),
                Text("      restartPolicy: Never\n      "),
                Demand("genai.agentGroupID", "A valid .Values.genai.agentGroupID entry required!"),
                Text("\n      securityContext:\n        runAsUser: 0\n        runAsGroup: "),
                put("genai.agentGroupID", Bare),
                Text("\n        fsGroup: "),
                put("genai.agentGroupID", Bare),
                Text("\n        fsGroupChangePolicy: \"OnRootMismatch\"\n      containers:\n      - name: x\n"),
                Text("        image: ubuntu\n        imagePullPolicy: \"Always\"\n        volumeMounts:\n"),
                Text("          - name: genai-pvc-storage\n            mountPath: /shared_fs\n"),
                Text(
                    "            readOnly: false\n        command:\n          - bash\n          - -exc\n          - |\n",
                ),
                Text("            echo;\n            chmod;\n            GROUP_ID="),
                put("genai.agentGroupID", Bare),
                Text(";\n            chgrp;\n            ls;\n      volumes:\n        - name: genai-pvc-storage\n"),
                Text("          persistentVolumeClaim:\n            claimName: "),
                CLAIM,
            ],
            &[],
        )],
        &[],
    )],
);

/// The volume claim that was named, or the chart's own.
const CLAIM: Step =
    When(Filled("genai.sharedPVCName"), &[put("genai.sharedPVCName", Bare)], &[Text("genai-pvc-"), Release]);

/// Where the shared files are mounted.
const MOUNT: Step = When(
    Filled("genai.sharedFSMountPath"),
    &[put("genai.sharedFSMountPath", Bare)],
    &[Text("/run/determined/workdir/shared_fs")],
);

pub(super) static DEPLOYMENT: Template = template(
    "genai/genai-deployment.yaml",
    &[When(Filled("genai"), &[When(Filled("genai.version"), DEPLOYMENT_STEPS, &[])], &[])],
);

static DEPLOYMENT_STEPS: &[Step] = &[
    Text("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: x\n  namespace: x\n  labels:\n    app: x\n"),
    Text("    release: x\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: x\n  template:\n"),
    Text("    metadata:\n      labels:\n        app: x\n        determined-system: master\n    spec:\n"),
    Text("      priorityClassName: x\n      serviceAccount: x"),
    When(Filled("genai.agentGroupID"), GROUP, &[]),
    Text("\n      containers:\n      - name: x\n        image: "),
    put("imageRegistry", Bare),
    Text("/genai:"),
    put("genai.version", Bare),
    Text(
        "\n        imagePullPolicy: \"Always\"\n        env:\n          - name: DET_MASTER\n            value: http://x:",
    ),
    put("masterPort", Bare),
    Text("\n          - name: DB_NAME\n            value: lore\n          - name: DB_USER\n            value: "),
    put("db.user", Quoted),
    Text("\n          - name: DB_PASSWORD\n            value: "),
    put("db.password", Quoted),
    Text("\n          - name: DB_PORT\n            value: "),
    put("db.port", Quoted),
    Text("\n          - name: DB_HOST\n            value: "),
    When(Filled("db.hostAddress"), &[put("db.hostAddress", Bare)], &[Text("x")]),
    When(Filled("db.sslMode"), TLS, &[]),
    Text("\n          - name: LORE_DOCKER_TAG_SUFFIX\n            value: "),
    put("genai.version", Quoted),
    When(
        Filled("genai.sharedFSHostPath"),
        &[Text("\n          - name: K8S_SHARED_HOST_PATH\n            value: "), put("genai.sharedFSHostPath", Bare)],
        &[Text("\n          - name: K8S_SHARED_PVC_NAME\n            value: "), CLAIM],
    ),
    Text("\n          - name: SHARED_FS_ROOT_PATH\n            value: "),
    MOUNT,
    Text("\n          - name: RESOURCE_POOL_EXTRA_METADATA_PATH\n            value: /run\n"),
    Text(
        "          - name: MESSAGE_QUEUE_HOST\n            value: x\n          - name: MESSAGE_QUEUE_PORT\n            value: ",
    ),
    put("genai.messageQueuePort", Quoted),
    Text(
        "\n          - name: GENAI_HOST\n            value: x\n          - name: GENAI_HOST_PORT\n            value: ",
    ),
    put("genai.port", Quoted),
    When(
        Filled("genai.imagePullSecretName"),
        &[
            Text("\n          - name: GENAI_IMAGE_PULL_SECRET_NAME\n            value: "),
            put("genai.imagePullSecretName", Bare),
        ],
        &[],
    ),
    Text("\n        volumeMounts:"),
    When(
        Filled("genai.sharedFSHostPath"),
        &[Text("\n          - name: genai-shared-host-path\n            mountPath: "), MOUNT],
        &[
            Text("\n          - name: genai-pvc-storage\n            mountPath: "),
            MOUNT,
            Text("\n            readOnly: false"),
        ],
    ),
    Text("\n          - name: x\n            mountPath: /run\n            readOnly: true"),
    When(
        Filled("db.certResourceName"),
        &[Text("\n          - name: database-cert\n            mountPath: /x\n            readOnly: true")],
        &[Text("\n          ")],
    ),
    Text("\n        resources:\n          requests:"),
    When(Filled("genai.cpuRequest"), &[Text("\n            cpu: "), put("genai.cpuRequest", Quoted)], &[]),
    When(Filled("genai.memRequest"), &[Text("\n            memory: "), put("genai.memRequest", Quoted)], &[]),
    When(OneOf(&[Filled("genai.cpuLimit"), Filled("genai.memLimit")]), LIMITS, &[]),
    When(
        Filled("genai.imagePullSecretName"),
        &[Text("\n      imagePullSecrets:\n        - name: "), put("genai.imagePullSecretName", Bare)],
        &[],
    ),
    Text("\n      volumes:"),
    When(
        Filled("genai.sharedFSHostPath"),
        &[
            Text("\n        - name: genai-shared-host-path\n          hostPath:\n            path: "),
            put("genai.sharedFSHostPath", Bare),
            Text("\n            type: Directory"),
        ],
        &[
            Text("\n        - name: genai-pvc-storage\n          persistentVolumeClaim:\n            claimName: "),
            CLAIM,
        ],
    ),
    Text("\n        - name: genai-resource-pool-metadata\n          configMap:\n            name: x"),
    When(Filled("db.sslMode"), DB_CERTIFICATE, &[Text("\n        ")]),
];

static GROUP: &[Step] = &[
    Text("\n      \n      securityContext:\n        runAsUser: "),
    put("genai.agentGroupID", Bare),
    Text("\n        runAsGroup: "),
    put("genai.agentGroupID", Bare),
    Text("\n        fsGroup: "),
    put("genai.agentGroupID", Bare),
    Text("\n        fsGroupChangePolicy: \"OnRootMismatch\""),
];

static TLS: &[Step] = &[
    Text("\n          - name: DB_SSL_MODE\n            value: "),
    put("db.sslMode", Bare),
    Demand("db.sslRootCert", "A valid .Values.db.sslRootCert entry required!"),
    Text("\n          - name: DB_SSL_ROOT_CERT\n            value: /mount/determined/secrets/"),
    put("db.sslRootCert", Bare),
];

static LIMITS: &[Step] = &[
    Text("\n          limits:"),
    When(Filled("genai.cpuLimit"), &[Text("\n            cpu: "), put("genai.cpuLimit", Quoted)], &[]),
    When(Filled("genai.memLimit"), &[Text("\n            memory: "), put("genai.memLimit", Quoted)], &[]),
];
