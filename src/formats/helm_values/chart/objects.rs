//! The other files of the chart, as far as values stand in them: the order in which Helm goes through them decides which
//! of several faults it names, and the number of lines before a value which line it names. Lines without a value are
//! kept only as far as they give a value its place.

use super::Print::{Bare, Quoted, Yaml};
use super::Step::{Demand, Each, Index, MasterConfig, Release, Text, Trim, When};
use super::Test::{All, Any as OneOf, Filled, FilledWithin, Is, IsTrimmed, Not, Upgrade};
use super::genai;
use super::master::MASTER_CONFIG;
use super::{Reading, Step, Template, put, put_required};

/// All files in the order in which Helm executes them: the deepest first, then backwards by name.
pub static TEMPLATES: &[&Template] = &[
    &genai::ACCOUNT,
    &genai::METADATA,
    &genai::QUEUE,
    &genai::VOLUME,
    &genai::PERMISSIONS,
    &genai::DEPLOYMENT,
    &genai::BACKEND,
    &SCHEDULER_PERMISSIONS,
    &SCHEDULER_DEPLOYMENT,
    &SCHEDULER_CONFIG,
    &SERVICE,
    &ROUTE,
    &DEPLOYMENT,
    &MASTER_CONFIG,
    &SNAPSHOT,
    &DB_SERVICE,
    &DB_VOLUME,
    &DB_DEPLOYMENT,
];

pub(super) const fn template(name: &'static str, steps: &'static [Step]) -> Template {
    Template { name, steps, reading: Reading::Yaml }
}

pub(super) const fn unread(name: &'static str, steps: &'static [Step]) -> Template {
    Template { name, steps, reading: Reading::Unread }
}

static SCHEDULER_PERMISSIONS: Template =
    unread("scheduler-permissions.yaml", &[When(Filled("defaultScheduler"), &[Trim("defaultScheduler", "")], &[])]);

static SCHEDULER_DEPLOYMENT: Template = template(
    "scheduler-deployment.yaml",
    &[When(
        Filled("defaultScheduler"),
        &[When(
            IsTrimmed("defaultScheduler", "coscheduler"),
            &[
                Text("\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nspec:\n  image: \""),
                put("defaultImages.kubeScheduler", Bare),
                Text("\"\n"),
            ],
            &[],
        )],
        &[],
    )],
);

static SCHEDULER_CONFIG: Template = template(
    "scheduler-config.yaml",
    &[When(
        Filled("defaultScheduler"),
        &[When(
            IsTrimmed("defaultScheduler", "coscheduler"),
            &[
                Text("data:\n  config.yaml: |\n    profiles:\n    - schedulerName: "),
                put("defaultScheduler", Bare),
                Text("\n      plugins:\n"),
            ],
            &[],
        )],
        &[],
    )],
);

static SERVICE: Template = template(
    "master-service.yaml",
    &[
        Text("apiVersion: v1\nkind: Service\nmetadata:\n  name: determined-master-service-"),
        Release,
        Text("\n  namespace: "),
        Step::Namespace,
        Text("\n  labels:\n    app: determined-master\n    service: \"true\"\n    release: "),
        Release,
        When(
            FilledWithin("masterService.annotations"),
            &[Text("\n  annotations:"), put("masterService.annotations", Yaml(4))],
            &[],
        ),
        Text("\nspec:\n  ports:\n  - port: "),
        put_required("masterPort", "A valid Values.masterPort entry required!"),
        Text("\n    targetPort: 8081\n    protocol: TCP"),
        When(
            Filled("loadBalancerSourceRanges"),
            &[Text("\n  loadBalancerSourceRanges:"), put("loadBalancerSourceRanges", Yaml(4))],
            &[],
        ),
        When(FilledWithin("openshiftRoute.enabled"), &[], &[]),
    ],
);

static ROUTE: Template = template(
    "master-route.yaml",
    &[When(
        Filled("openshiftRoute"),
        &[When(
            Filled("openshiftRoute.enabled"),
            &[
                Text("apiVersion: v1\nkind: Route\nmetadata:\n  namespace: "),
                Step::Namespace,
                Text("\n  labels:\n    app: determined-master\n    release: "),
                Release,
                Text("\n  name: determined-master-route\nspec:"),
                When(Filled("openshiftRoute.host"), &[Text("\n  host: "), put("openshiftRoute.host", Bare)], &[]),
                Text("\n  tls:\n    termination: "),
                put("openshiftRoute.termination", Bare),
                Text("\n  to:\n    kind: Service"),
            ],
            &[],
        )],
        &[],
    )],
);

static DEPLOYMENT: Template = template(
    "master-deployment.yaml",
    &[
        Text("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: determined-master-deployment-"),
        Release,
        Text("\n  namespace: "),
        Step::Namespace,
        Text("\n  labels:\n    app: determined-master\n    release: "),
        Release,
        Text("\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: determined-master\n  template:\n"),
        Text("    metadata:\n      labels:\n        app: determined-master\n\n        release-namespace: "),
        Step::Namespace,
        Text("\n      annotations:\n\n\n"),
        MasterConfig,
        Text("        checksum/config: x\n    spec:\n      priorityClassName: x\n      serviceAccount: x\n"),
        Text("      containers:\n      - name: determined-master\n        image: "),
        put("imageRegistry", Bare),
        Text("/determined-master:"),
        When(Filled("detVersion"), &[put("detVersion", Bare)], &[Text("0.38.1")]),
        Text("\n        imagePullPolicy: \"Always\"\n        env:\n          - name: DET_RELEASE_NAMESPACE\n"),
        Text("            valueFrom:\n              fieldRef:\n                fieldPath: metadata.namespace"),
        When(Filled("enterpriseEdition"), &[When(Filled("oidc"), CLIENT_SECRET, &[])], &[]),
        Text("\n        volumeMounts:\n          - name: master-config\n\n            readOnly: true"),
        When(
            SHARED_STORAGE,
            &[Text("\n          - name: checkpoint-storage\n            mountPath: /x\n          ")],
            &[],
        ),
        When(
            Filled("tlsSecret"),
            &[Text(
                "\n          - name: tls-secret\n            mountPath: /x\n            readOnly: true\n          ",
            )],
            &[],
        ),
        Each(
            "additional_resource_managers",
            &[
                Text("\n          - name: additionalrm-kubeconfig"),
                Index,
                Text("\n            mountPath: /mount/determined/secrets/"),
                Index,
                Text("/\n            readOnly: true"),
            ],
        ),
        When(
            Filled("db.certResourceName"),
            &[Text("\n          - name: database-cert\n            mountPath: /x\n            readOnly: true")],
            &[Text("\n          ")],
        ),
        Text("\n          #"),
        When(
            Filled("externalCaCertSecretName"),
            &[Text("\n          - name: etc-ssl-certs\n            mountPath: /x\n            readOnly: true")],
            &[],
        ),
        Text("\n          #\n        resources:\n          requests:"),
        When(Filled("masterCpuRequest"), &[Text("\n            cpu: "), put("masterCpuRequest", Quoted)], &[]),
        When(Filled("masterMemRequest"), &[Text("\n            memory: "), put("masterMemRequest", Quoted)], &[]),
        When(OneOf(&[Filled("masterCpuLimit"), Filled("masterMemLimit")]), LIMITS, &[]),
        Text("\n      #"),
        When(Filled("externalCaCertSecretName"), INIT_CONTAINER, &[]),
        Text("\n      #"),
        When(
            Filled("imagePullSecretName"),
            &[Text("\n      imagePullSecrets:\n        - name: "), put("imagePullSecretName", Bare)],
            &[],
        ),
        Text("\n      volumes:\n        - name: master-config\n          secret:\n            secretName: x"),
        When(
            SHARED_STORAGE,
            &[
                Text("\n        - name: checkpoint-storage\n          hostPath:\n            path: "),
                put("checkpointStorage.hostPath", Bare),
                Text("\n            type: Directory\n        "),
            ],
            &[],
        ),
        When(
            Filled("tlsSecret"),
            &[
                Text("\n        - name: tls-secret\n          secret:\n            secretName: "),
                put("tlsSecret", Bare),
            ],
            &[],
        ),
        Each(
            "additional_resource_managers",
            &[
                Text("\n        - name: additionalrm-kubeconfig"),
                Index,
                Text("\n          secret:\n            secretName: "),
                put_required(
                    "@.resource_manager.kubeconfig_secret_name",
                    "for each additional_resource_managers, resource_manager.kubeconfig_secret_name must be specified",
                ),
            ],
        ),
        When(Filled("db.sslMode"), DB_CERTIFICATE, &[Text("\n        ")]),
        Text("\n        #"),
        When(
            Filled("externalCaCertSecretName"),
            &[
                Text(
                    "\n        - name: usr-local-share-ca-certificates\n          secret:\n\n            secretName: ",
                ),
                put("externalCaCertSecretName", Bare),
                Text("\n        - name: etc-ssl-certs\n          emptyDir: {}"),
            ],
            &[],
        ),
        Text("\n        #"),
    ],
);

const SHARED_STORAGE: super::Test =
    All(&[Filled("checkpointStorage.mountToServer"), Is("checkpointStorage.type", "shared_fs")]);

static CLIENT_SECRET: &[Step] = &[
    Text("\n          - name: DET_OIDC_CLIENT_SECRET\n            valueFrom:\n              secretKeyRef:\n"),
    Text("                name: "),
    put_required("oidc.clientSecretName", "A valid client secret name is required!"),
    Text("\n                key: "),
    put_required("oidc.clientSecretKey", "A valid client secret filename is required!"),
    Text("\n                optional: false"),
];

static LIMITS: &[Step] = &[
    Text("\n          limits:"),
    When(Filled("masterCpuLimit"), &[Text("\n            cpu: "), put("masterCpuLimit", Quoted)], &[]),
    When(Filled("masterMemLimit"), &[Text("\n            memory: "), put("masterMemLimit", Quoted)], &[]),
];

static INIT_CONTAINER: &[Step] = &[
    Text("\n      initContainers:\n      - name: update-ca-certificates\n\n\n\n\n        image: "),
    put("imageRegistry", Bare),
    Text("/determined-master:"),
    When(Filled("detVersion"), &[put("detVersion", Bare)], &[Text("0.38.1")]),
    Text("\n\n\n\n\n\n\n\n"),
];

pub(super) static DB_CERTIFICATE: &[Step] = &[
    Text("\n        - name: database-cert"),
    Demand("db.resourceType", "A valid .Values.db.resourceType entry required!"),
    Trim("db.resourceType", "error calling include: _helpers.tpl: "),
    When(
        IsTrimmed("db.resourceType", "configMap"),
        &[Text("\n          configMap:\n            name: ")],
        &[Text("\n          secret:\n            secretName: ")],
    ),
    put_required("db.certResourceName", "A valid Values.db.certResourceName entry is required!"),
];

static SNAPSHOT: Template = template(
    "db-volume-snapshot.yaml",
    &[When(
        All(&[Upgrade, Filled("db.snapshotSuffix")]),
        &[
            Text("apiVersion: v1\nkind: VolumeSnapshot\nmetadata:\n  name: determined-db-snapshot-"),
            put("db.snapshotSuffix", Bare),
        ],
        &[],
    )],
);

static DB_SERVICE: Template = template(
    "db-service.yaml",
    &[When(
        Not(&Filled("db.hostAddress")),
        &[
            Text("apiVersion: v1\nkind: Service\nmetadata:\n  name: determined-db-service-"),
            Release,
            Text("\n  namespace: "),
            Step::Namespace,
            Text("\n  labels:\n    app: determined-db\n    release: "),
            Release,
            Text("\nspec:\n  ports:\n  - port: "),
            put("db.port", Bare),
            Text("\n    protocol: TCP\n  type: ClusterIP"),
        ],
        &[],
    )],
);

static DB_VOLUME: Template = template(
    "db-persistent-volume-claim.yaml",
    &[When(
        Not(&OneOf(&[Filled("db.hostAddress"), Filled("db.disablePVC")])),
        &[
            Text("apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: \n    x\n    \n  namespace: "),
            Step::Namespace,
            Text("\n  labels:\n    app: determined-db\n    release: "),
            Release,
            Text("\nspec:\n  accessModes:\n    - ReadWriteOnce\n  resources:\n    requests:\n      storage: "),
            put_required("db.storageSize", "A valid Values.db.storageSize entry is required!"),
            When(
                Filled("db.storageClassName"),
                &[Text("\n  storageClassName: "), put("db.storageClassName", Bare), Text("\n  ")],
                &[],
            ),
        ],
        &[],
    )],
);

static DB_DEPLOYMENT: Template = template(
    "db-deployment.yaml",
    &[When(
        Not(&Filled("db.hostAddress")),
        &[
            Text("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: determined-db-deployment-"),
            Release,
            Text("\n  namespace: "),
            Step::Namespace,
            Text("\n  labels:\n    app: determined-db\n    release: "),
            Release,
            Text("\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: determined-db\n  template:\n"),
            Text(
                "    metadata:\n      labels:\n        app: determined-db\n        determined-system: db\n    spec:\n",
            ),
            Text(
                "      priorityClassName: determined-system-priority\n      containers:\n      - name: determined-db\n",
            ),
            Text("        image: "),
            put("defaultImages.postgreSQL", Quoted),
            Text("\n        imagePullPolicy: \"Always\"\n        resources:\n          requests:"),
            When(Filled("db.cpuRequest"), &[Text("\n            cpu: "), put("db.cpuRequest", Quoted)], &[]),
            When(Filled("db.memRequest"), &[Text("\n            memory: "), put("db.memRequest", Quoted)], &[]),
            When(OneOf(&[Filled("db.cpuLimit"), Filled("db.memLimit")]), DB_LIMITS, &[]),
            Text("\n        env:\n          - name: POSTGRES_DB\n            value: "),
            put("db.name", Quoted),
            Text("\n          - name: POSTGRES_USER\n            value: "),
            put("db.user", Quoted),
            Text("\n          - name: POSTGRES_PASSWORD\n            value: "),
            put("db.password", Quoted),
            Text("\n          - name: PGPORT\n            value: "),
            put("db.port", Quoted),
            Text("\n          - name: PGDATA\n            value: /var/lib/postgresql/data/pgdata\n        args: []"),
            When(Not(&Filled("db.disablePVC")), DB_CLAIM, &[]),
        ],
        &[],
    )],
);

static DB_LIMITS: &[Step] = &[
    Text("\n          limits:"),
    When(Filled("db.cpuLimit"), &[Text("\n            cpu: "), put("db.cpuLimit", Quoted)], &[]),
    When(Filled("db.memLimit"), &[Text("\n            memory: "), put("db.memLimit", Quoted)], &[]),
];

static DB_CLAIM: &[Step] = &[
    Text("\n        volumeMounts:\n          - mountPath: \"/var/lib/postgresql/data\"\n            name: x\n"),
    Text(
        "      volumes:\n        - name: x\n          persistentVolumeClaim:\n            claimName: \n              ",
    ),
    When(
        Filled("db.claimSuffix"),
        &[Text("\n              determined-db-pvc-"), put("db.claimSuffix", Bare)],
        &[Text("determined-db-pvc")],
    ),
    Text("\n              "),
];
