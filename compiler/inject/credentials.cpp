#include "inject/credentials.h"

#include "base/edit_distance.h"
#include "base/text.h"
#include "inject/pod_values.h"
#include "inject/secret_kinds.h"

namespace isvcc {
namespace {

constexpr std::string_view kRoleArn = "eks.amazonaws.com/role-arn";

// Registry and model secrets of one account are a handful; the pod would carry the env of all.
constexpr size_t kMostSecrets = 100;
// Comparing names is for people's namespaces, not for generated ones.
constexpr size_t kMostNames = 200;

std::vector<std::string_view> names_in(const InjectContext& context, std::string_view kind) {
  std::vector<std::string_view> names;
  for (const Object* object : context.repository.in_namespace(kind, context.namespace_)) names.push_back(object->name);
  return names.size() > kMostNames ? std::vector<std::string_view>() : names;
}

std::string nearest_hint(const InjectContext& context, std::string_view kind, std::string_view name, std::string otherwise) {
  const std::string_view close = nearest(name, names_in(context, kind));
  return close.empty() ? std::move(otherwise) : cat("did you mean ", quote(close), "?");
}

// Every namespace has an account `default` without secrets: only another one is worth a word.
void warn_missing_account(std::string_view name, const InjectContext& context, View where) {
  if (name == "default") return;
  context.scratch.diags
      .report(Code::ServiceAccountMissing, Stage::Reference, where,
              cat("service account ", quote(name), " is not among the inputs of namespace ", quote(context.namespace_),
                  ", so no credentials are injected"))
      .hinting(nearest_hint(context, "ServiceAccount", name, "add the ServiceAccount to the sources"));
}

std::string missing_secret(std::string_view name, const InjectContext& context, View where) {
  std::string error = name.empty() ? "resource name may not be empty" : cat("secrets ", go_quote(name), " not found");
  context.scratch.diags
      .report(
          Code::CredentialSecretMissing, Stage::Reference, where,
          cat("secret ", quote(name), " is not among the inputs of namespace ", quote(context.namespace_), ": KServe would refuse the pod"))
      .hinting(nearest_hint(context, "Secret", name, "add a Secret with these keys to the sources; its values may be empty"));
  return error;
}

std::string add_secret(std::string_view name, CredentialTarget target, const InjectContext& context, View where) {
  const Object* object = name.empty() ? nullptr : context.repository.find("Secret", context.namespace_, name);
  if (!object) return missing_secret(name, context, where);
  add_secret_credentials(Secret(*object), target, context, where);
  return {};
}

// The secret that an annotation of the component names instead of the account's own.
View named_secret(const InjectContext& context) {
  const std::string& key = context.config().credentials.value.storage_secret_name_annotation;
  return key.empty() ? View() : context.annotation(key);
}

std::string add_listed_secrets(View list, std::string_view account, CredentialTarget target, const InjectContext& context) {
  if (list.items().size() > kMostSecrets)
    return cat("service account ", quote(account), " lists ", list.items().size(), " secrets; isvcc takes at most ", kMostSecrets);
  for (const View reference : list.items()) {
    const View name = reference["name"];
    if (std::string error = add_secret(name.text(), target, context, name ? name : reference); !error.empty()) return error;
  }
  return {};
}

void append(std::vector<const Node*>& env, const std::vector<const Node*>& more) { env.insert(env.end(), more.begin(), more.end()); }

}  // namespace

std::string add_account_credentials(std::string_view service_account, CredentialTarget target, const InjectContext& context) {
  const std::string_view name = service_account.empty() ? "default" : service_account;
  const Object* account = context.repository.find("ServiceAccount", context.namespace_, name);
  if (!account) {
    warn_missing_account(name, context, target.pod.get("serviceAccountName"));
    return {};
  }
  if (annotation(account->view(), kRoleArn))
    append(target.container.env,
           s3_settings(annotations(account->view()), nullptr, context.config().credentials.value, context.scratch.make(Pass::Credentials)));
  if (const View secret = named_secret(context)) return add_secret(secret.text(), target, context, secret);
  return add_listed_secrets(account->view()["secrets"], name, target, context);
}

}  // namespace isvcc
