// TrainedModel (TrainedModelValidator).
#include <algorithm>

#include "admit/admit.h"
#include "admit/stages.h"
#include "admit/structural.h"
#include "base/text.h"

namespace isvcc {

static bool is_model_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

static bool check_name(View model, std::string_view name, Scratch& scratch) {
  if (is_model_name(name)) return true;
  refuse(model, "metadata.name", Code::BadTrainedModelName,
         cat("the Trained Model \"", name,
             "\" is invalid: a Trained Model name must consist of alphanumeric characters, '_', or '-'. "
             "(e.g. \"my-Name\" or \"abc_123\", regex used for validation is '^[a-zA-Z0-9_-]+$')"),
         cat("the model name ", quote(name), " has other characters than letters, digits, '_' and '-'"), scratch);
  return false;
}

static bool check_uri(View model, std::string_view name, Scratch& scratch) {
  const std::string_view uri = model["spec"]["model"]["storageUri"].text();
  for (std::string_view scheme : {"s3://", "gs://", "https://", "http://"})
    if (starts_with(uri, scheme)) return true;
  refuse(model, "spec.model.storageUri", Code::TrainedModelStorage,
         cat("the Trained Model \"", name,
             "\" storageUri field is invalid. The storage uri must start with one of the prefixes: s3://, gs://, "
             "https://, http://. (the storage uri given is \"",
             uri, "\")"),
         cat("a trained model cannot come from ", quote(uri)), scratch);
  return false;
}

Admission admit_trained_model(const Object& object, const Profile& profile, Scratch& scratch) {
  const Schema* schema = nullptr;
  const Node* stored = admit_structure(object, StatusOnCreate::Dropped, profile, scratch, &schema);
  if (!stored || !schema || !decodes_in_webhook(stored, *schema, scratch)) return {schema ? nullptr : stored};
  const bool accepted = check_name(stored, object.name, scratch) && check_uri(stored, object.name, scratch);
  return {accepted ? stored : nullptr};
}

}  // namespace isvcc
