#include "admit/isvc_defaults.h"

#include "admit/component_parts.h"
#include "admit/isvc_resource_defaults.h"
#include "admit/local_model_match.h"
#include "admit/stages.h"
#include "base/text.h"
#include "kserve/names.h"
#include "ops/go_text.h"
#include "ops/schema_ops.h"

namespace isvcc {

namespace {

struct LegacyFramework {
  Framework framework;
  std::string_view protocol;

  std::string_view field() const { return framework_name(framework); }
};

constexpr LegacyFramework kFrameworks[] = {
#define FRAMEWORK(name, protocol) {Framework::name, protocol},
#include "admit/frameworks.def"
#undef FRAMEWORK
};

constexpr std::string_view kLocalModelLabels[] = {names::kLocalModelLabel, names::kLocalModelNamespaceLabel};
constexpr std::string_view kLocalModelAnnotations[] = {names::kLocalModelSourceUri, names::kLocalModelPvcName};

// One service on its way through DefaultInferenceService. Each step reads what the step before it left.
class Defaulter {
 public:
  Defaulter(View isvc, const Object& object, const Schema& schema, const Repository& repository, const Profile& profile, Scratch& scratch)
      : isvc_(isvc),
        object_(object),
        schema_(schema),
        repository_(repository),
        profile_(profile),
        scratch_(scratch),
        make_(scratch.make(Pass::Admission)),
        annotations_(make_.at(annotations(isvc)), annotations(isvc)),
        labels_(labels(isvc).node()),
        predictor_(isvc["spec"]["predictor"].node()),
        transformer_(isvc["spec"]["transformer"].node()),
        explainer_(isvc["spec"]["explainer"].node()) {}

  const Node* run() {
    if (!check_config()) return nullptr;
    local_models_ = profile_.config.local_model_enabled.value && !annotations_.has(names::kDisableLocalModel);
    if (local_models_ && !local_model_kinds_exist()) return nullptr;
    set_deployment_mode();
    if (!model_mesh_) set_model_defaults();
    if (!default_components() || !set_local_model()) return nullptr;
    if (!profile_.config.auto_mount_service_account_token.value) disable_token_mounts();
    return assembled();
  }

 private:
  bool check_config();
  bool local_model_kinds_exist();
  void set_deployment_mode();
  void set_model_defaults();
  void convert_framework(const LegacyFramework& framework);
  const Node* encoded_framework(std::string_view field) const;
  bool default_components();
  bool default_transformer();
  bool default_explainer();
  bool default_predictor();
  const Node* with_default_container(View component, bool rename);
  const Node* with_default_art(View component);
  const Node* with_resources(View container);
  bool set_local_model();
  void forget_local_model();
  void disable_token_mounts();
  const Node* assembled() const;
  const Node* refuse_config(const std::string& text);
  void refuse_panic(Code code, std::string path, std::string_view text, std::string message);

  View isvc_;
  const Object& object_;
  const Schema& schema_;
  const Repository& repository_;
  const Profile& profile_;
  Scratch& scratch_;
  Make make_;
  MapBuilder annotations_;
  const Node* labels_;
  const Node *predictor_, *transformer_, *explainer_;  // null: absent
  bool model_mesh_ = false;                            // asked for by annotation: KServe then leaves the predictor alone
  bool local_models_ = false;
};

}  // namespace

const Node* Defaulter::refuse_config(const std::string& text) {
  report_at(isvc_, "metadata.name", Code::ConfigRefused, Stage::Defaulting,
            cat("KServe cannot read its inferenceservice-config: ", printable(text)), scratch_)
      .upstream_says(text);
  return nullptr;
}

// A Go panic inside a webhook is caught and becomes a refusal with this text.
void Defaulter::refuse_panic(Code code, std::string path, std::string_view text, std::string message) {
  report_at(isvc_, std::move(path), code, Stage::Defaulting, std::move(message), scratch_)
      .upstream_says(recovered_panic(text));
}

// The keys that the webhook parses, in its order; the first bad one refuses every service.
bool Defaulter::check_config() {
  const Config& config = profile_.config;
  for (const std::string* error : {&config.inference_service.error, &config.deploy.error, &config.local_model_enabled.error,
                                   &config.auto_mount_service_account_token.error})
    if (!error->empty()) return refuse_config(*error);
  return true;
}

bool Defaulter::local_model_kinds_exist() {
  for (std::string_view kind : {"LocalModelCache", "LocalModelNamespaceCache"})
    if (!profile_.installed(kind))
      return refuse_config(cat("no matches for kind \"", kind, "\" in version \"", names::kServingV1alpha1, '"'));
  return true;
}

void Defaulter::set_deployment_mode() {
  const View given = annotations_.get(names::kDeploymentMode);
  if (!given) {
    const std::string& mode = profile_.config.deploy.value.default_mode;
    if (mode == "Standard" || mode == "ModelMesh") annotations_.set_text(names::kDeploymentMode, mode);
    return;
  }
  const std::string_view mode = given.text();
  if (mode == "RawDeployment") annotations_.set(names::kDeploymentMode, make_.at(given).borrowed("Standard"));
  if (mode == "Serverless") annotations_.set(names::kDeploymentMode, make_.at(given).borrowed("Knative"));
  model_mesh_ = mode == "ModelMesh";
  for (std::string_view known : {"Standard", "Knative", "ModelMesh", "RawDeployment", "Serverless"})
    if (mode == known) return;
  report_at(isvc_, cat("metadata.annotations[", names::kDeploymentMode, ']'), Code::UnknownDeploymentMode, Stage::Validation,
            cat("there is no deployment mode ", quote(mode)), scratch_)
      .hinting("the modes are Standard and Knative");
}

// A framework object or the model in Go's encoding: an added object has no zero values, even where a received one keeps them.
const Node* Defaulter::encoded_framework(std::string_view field) const {
  const View framework = View(predictor_)[field];
  if (!profile_.has(Feature::ReceivedZerosKept)) return framework.node();
  const Schema* schema = &schema_;
  for (std::string_view step : {std::string_view("spec"), std::string_view("predictor"), field}) {
    const Property* property = schema->property(step);
    if (!property) return framework.node();
    schema = property->schema;
  }
  const Node* encoded = reencode(framework, *schema, ZeroValues::Drop, scratch_);
  return encoded ? encoded : framework.node();
}

// `fresh` with the zero values of `received` that it lacks, items of lists by their place; `without_zeros` is the received value without them.
static const Node* with_zeros(View received, View without_zeros, View fresh, Make make) {
  if (received.is_list() && without_zeros.is_list() && fresh.is_list()) {
    std::vector<const Node*> items(fresh.items().begin(), fresh.items().end());
    for (size_t i = 0; i < std::min({items.size(), received.items().size(), without_zeros.items().size()}); ++i)
      items[i] = with_zeros(received.item(i), without_zeros.item(i), items[i], make);
    return make.at(fresh).list(items);
  }
  if (!received.is_map() || !without_zeros.is_map() || !fresh.is_map()) return fresh.node();
  MapBuilder all(make.at(fresh), fresh);
  for (const Field& field : received.fields()) {
    const View kept = without_zeros[field.key()], own = all.get(field.key());
    if (!kept) all.add_missing(field.key(), field.value);
    else if (own) all.set(field.key(), with_zeros(field.value, kept, own, make));
  }
  return all.build();
}

void Defaulter::convert_framework(const LegacyFramework& framework) {
  const View written = View(predictor_)[framework.field()];
  const Make at_framework = make_.at(written);
  MapBuilder model(at_framework, encoded_framework(framework.field()));
  if (!framework.protocol.empty()) model.add_missing("protocolVersion", at_framework.borrowed(framework.protocol));
  model.set("modelFormat", at_framework.map({{"name", at_framework.borrowed(framework.field())}}));
  const Node* fresh = model.build();
  if (const View replaced = View(predictor_)["model"]) {
    // The webhook's patch removes no zero value that was received, not even of a `model` that is replaced.
    fresh = with_zeros(replaced, encoded_framework("model"), fresh, make_);
    report_at(isvc_, "spec.predictor.model", Code::ModelReplaced, Stage::Validation,
              cat("KServe replaces this `model` by what `", framework.field(), "` says"), scratch_)
        .label(written, cat("`", framework.field(), "` is here"))
        .hinting(cat("remove `model`, or move everything into it and remove `", framework.field(), "`"));
  }
  predictor_ = MapBuilder(make_.at(predictor_), predictor_).erase(framework.field()).set("model", fresh).build();
}

void Defaulter::set_model_defaults() {
  const ComponentParts parts(predictor_, ComponentKind::Predictor);
  for (const LegacyFramework& framework : kFrameworks)
    if (parts.framework(framework.framework)) {
      convert_framework(framework);
      break;
    }
  const View model = View(predictor_)["model"];
  const View name = model["modelFormat"]["name"];
  const bool speaks_v2 = name.text() == "triton" || (name.text() == "vLLM" && profile_.has(Feature::VllmProtocolV2));
  if (speaks_v2 && !model["protocolVersion"])
    predictor_ = make_.with(predictor_, "model", make_.with(model, "protocolVersion", make_.borrowed("v2")));
  if (name.size() > 0) annotations_.add_missing(names::kModelFormat, name.node());
}

bool Defaulter::default_components() { return default_transformer() && default_explainer() && (model_mesh_ || default_predictor()); }

bool Defaulter::default_transformer() {
  if (!transformer_ || ComponentParts(transformer_, ComponentKind::Transformer).implementations() != 1) return true;
  return (transformer_ = with_default_container(transformer_, true)) != nullptr;
}

bool Defaulter::default_explainer() {
  if (!explainer_) return true;
  const ComponentParts parts(explainer_, ComponentKind::Explainer);
  if (parts.implementations() != 1) return true;
  explainer_ = parts.art() ? with_default_art(explainer_) : with_default_container(explainer_, true);
  return explainer_ != nullptr;
}

// A `model` gets nothing here, not even the ConfigMap's resources.
bool Defaulter::default_predictor() {
  const ComponentParts parts(predictor_, ComponentKind::Predictor);
  if (parts.implementations() != 1 || parts.active().kind != Implementation::Custom) return true;
  const View containers = parts.containers();
  const bool rename = containers.size() == 1 || containers.item(0)["name"].size() == 0;
  return (predictor_ = with_default_container(predictor_, rename)) != nullptr;
}

const Node* Defaulter::with_default_container(View component, bool rename) {
  const View containers = component["containers"];
  const Node* first = with_resources(containers.item(0));
  if (!first) return nullptr;
  const View name = View(first)["name"];
  if (rename && name.text() != names::kKserveContainer) first = make_.with(first, "name", make_.at(name).borrowed(names::kKserveContainer));
  return make_.with(component, "containers", make_.replaced(containers, 0, first));
}

const Node* Defaulter::with_default_art(View component) {
  const Node* art = with_resources(component["art"]);
  if (!art) return nullptr;
  MapBuilder out(make_.at(component["art"]), art);
  out.set("name", make_.borrowed(names::kKserveContainer));
  out.add_missing("runtimeVersion", make_.text(profile_.config.inference_service.value.art_default_version));
  return make_.with(component, "art", out.build());
}

const Node* Defaulter::with_resources(View container) {
  std::string error;
  const Node* out = with_resource_defaults(container, profile_.config.inference_service.value.resource, scratch_, error);
  if (!out)
    refuse_panic(Code::ConfigRefused, "metadata.name", error,
                 cat("inferenceservice-config has a default resource that is no quantity: ", printable(error)));
  return out;
}

bool Defaulter::set_local_model() {
  const ComponentParts parts(predictor_, ComponentKind::Predictor);
  if (parts.implementations() == 0) {
    refuse_panic(Code::NoImplementation, "spec.predictor", kFirstOfNone,
                 "the predictor has nothing to serve");
    scratch_.diags.all().back().hinting("add a `model` with its modelFormat, or `containers`");
    return false;
  }
  const auto uri = parts.storage_uri();
  if (!uri) return true;
  std::optional<LocalModelMatch> found;
  if (local_models_) {
    const View group = annotations_.get(names::kNodeGroup);
    found = find_local_model({*uri, object_.namespace_, group ? std::optional(group.text()) : std::nullopt}, repository_);
  }
  if (!found) return forget_local_model(), true;
  const Node* label_namespace = found->namespaced ? make_.text(found->cache->namespace_) : nullptr;
  labels_ = MapBuilder(make_, labels_)
                .set_text(names::kLocalModelLabel, found->cache->name)
                .set(names::kLocalModelNamespaceLabel, label_namespace)
                .build();
  annotations_.set_text(names::kLocalModelSourceUri, found->source_uri);
  annotations_.set(names::kLocalModelPvcName, make_.text(cat(found->cache->name, '-', found->node_group)));
  return true;
}

void Defaulter::forget_local_model() {
  for (std::string_view label : kLocalModelLabels)
    if (View(labels_)[label]) labels_ = make_.without(labels_, label);
  for (std::string_view annotation : kLocalModelAnnotations) annotations_.erase(annotation);
}

void Defaulter::disable_token_mounts() {
  for (const Node** component : {&predictor_, &transformer_, &explainer_})
    if (*component && !View(*component)["automountServiceAccountToken"])
      *component = make_.with(*component, "automountServiceAccountToken", make_.boolean(false));
}

const Node* Defaulter::assembled() const {
  const View metadata = isvc_["metadata"];
  MapBuilder meta(make_.at(metadata), metadata);
  meta.set("annotations", annotations_.build_or_null());
  meta.set("labels", View(labels_).size() > 0 ? labels_ : nullptr);
  if (metadata["creationTimestamp"].is_null()) meta.erase("creationTimestamp");  // Go's encoding of no time
  MapBuilder spec(make_.at(isvc_["spec"]), isvc_["spec"]);
  spec.set("predictor", predictor_).set("transformer", transformer_).set("explainer", explainer_);
  return MapBuilder(make_.at(isvc_), isvc_).set("metadata", meta.build()).set("spec", spec.build()).erase("status").build();
}

const Node* mutate_service(View decoded, const Object& object, const Schema& schema, const Repository& repository, const Profile& profile,
                           Scratch& scratch) {
  const ZeroValues zeros = profile.has(Feature::ReceivedZerosKept) ? ZeroValues::KeepReceived : ZeroValues::Drop;
  const Node* typed = reencode(decoded, schema, zeros, scratch);
  return typed ? Defaulter(typed, object, schema, repository, profile, scratch).run() : nullptr;
}

}  // namespace isvcc
