# include isvcc.mk
#   make manifests    compile the project into $(ISVCC_OUT); a second run does nothing unless a file changed
#   make check        look for mistakes only
#   make bundle       the same as one reproducible archive
ISVCC         ?= isvcc
ISVCC_PROJECT ?= .
ISVCC_OUT     ?= out
ISVCC_FLAGS   ?=

ISVCC_STAMP := $(ISVCC_OUT).stamp
ISVCC_FILES := $(shell find $(ISVCC_PROJECT) -path $(ISVCC_OUT) -prune -o -path '*/.git' -prune -o -type f \
  \( -name '*.yaml' -o -name '*.yml' -o -name '*.json' -o -name '*.jsonnet' -o -name '*.libsonnet' \) -print)

.PHONY: manifests check bundle
manifests: $(ISVCC_STAMP)

$(ISVCC_STAMP): $(ISVCC_FILES)
	$(ISVCC) build $(ISVCC_PROJECT) -o $(ISVCC_OUT) $(ISVCC_FLAGS)
	@touch $@

check:
	$(ISVCC) check $(ISVCC_PROJECT) $(ISVCC_FLAGS)

bundle:
	$(ISVCC) bundle $(ISVCC_PROJECT) -o $(ISVCC_OUT).tar.gz $(ISVCC_FLAGS)
