// What the two kinds of pod of the HuggingFace multi-node runtime execute. One model is spread over several pods that form
// a Ray cluster: the head starts Ray and then the server, each worker joins the head once that answers.
local check(arguments) = 'python ./huggingfaceserver/health_check.py ' + arguments;
local bash(script) = ['bash', '-c', script];

local headHost = '${HEAD_SVC}.${POD_NAMESPACE}.svc.cluster.local';
local lines(list) = std.join('', [line + '\n' for line in list]);

local steadyProbe(script) = {
  exec: { command: bash(script) },
  failureThreshold: 2,
  periodSeconds: 5,
  successThreshold: 1,
  timeoutSeconds: 15,
};
// Loading a large model takes minutes: 40 tries, half a minute apart.
local patientProbe(script) = {
  exec: { command: bash(script) },
  failureThreshold: 40,
  initialDelaySeconds: 60,
  periodSeconds: 30,
  successThreshold: 1,
  timeoutSeconds: 30,
};

{
  head:: {
    // The container's args arrive as $0, $1, ... MODEL_DIR goes before MODEL_ID; without either, args must name the model.
    command: bash(|||
      model="${MODEL_DIR:-${MODEL_ID}}"
      export RAY_ADDRESS="${POD_IP}:${RAY_PORT}"

      # Start the cluster and wait until every worker has joined it.
      ray start --head --include-dashboard false --disable-usage-stats
      %s

      python -m huggingfaceserver ${model:+--model_dir=${model}} \
        --pipeline-parallel-size="${PIPELINE_PARALLEL_SIZE}" \
        --tensor-parallel-size="${TENSOR_PARALLEL_SIZE}" \
        $0 $@
    ||| % check('registered_nodes --probe_name runtime_start --retries 200')),
    livenessProbe: steadyProbe(lines([
      check('registered_node_and_runtime_health --health_check_url http://localhost:8080 --probe_name head_liveness'),
    ])),
    readinessProbe: steadyProbe(lines([
      check('runtime_health --health_check_url http://localhost:8080 --probe_name head_readiness'),
    ])),
    startupProbe: patientProbe(lines([
      check('registered_node_and_runtime_health --health_check_url http://localhost:8080 --probe_name head_startup'),
    ])),
  },

  worker:: {
    command: bash(|||
      export RAY_HEAD_ADDRESS="%s:6379"

      # Failures are expected while the head starts: they are shown only after four minutes.
      head_answers() {
        if [ "$SECONDS" -gt 240 ]; then
          ray health-check --address "$RAY_HEAD_ADDRESS"
        else
          ray health-check --address "$RAY_HEAD_ADDRESS" >/dev/null 2>&1
        fi
      }

      until head_answers; do
        echo "no Ray head at $RAY_HEAD_ADDRESS after $SECONDS s, trying again"
        sleep 5
      done

      echo "joining the Ray cluster at $RAY_HEAD_ADDRESS"
      ray start --block --address="$RAY_HEAD_ADDRESS"
    ||| % headHost),
    livenessProbe: steadyProbe(lines([
      'export RAY_ADDRESS=%s:6379' % headHost,
      check('registered_nodes --probe_name worker_liveness'),
    ])),
    startupProbe: patientProbe(lines([
      'export RAY_HEAD_NODE=' + headHost,
      'export RAY_ADDRESS=${RAY_HEAD_NODE}:6379',
      check('registered_node_and_runtime_models --runtime_url http://${RAY_HEAD_NODE}:8080/v1/models --probe_name worker_startup'),
    ])),
  },
}
