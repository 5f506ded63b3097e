#pragma once
// What KServe takes a secret for, by its data keys, and what it then adds to a container.
#include "inject/credentials.h"

namespace isvcc {

// Adds the secret's env, mount and volume to the target. `where` is what named the secret, for warnings (mountSecretCredential).
void add_secret_credentials(const Secret& secret, CredentialTarget target, const InjectContext& context, View where);

}  // namespace isvcc
