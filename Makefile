# Atrium. `make` says what there is; `make run` and `make test` are all that a
# fresh clone needs. It keeps to what GNU make 3.81 knows: macOS has that one.

SHELL := /bin/bash
.DEFAULT_GOAL := help

# What is built and installed for this folder, and nothing else, is in here.
BIN := .atrium/bin
MODULES := infra/local/node_modules
WEB_MODULES := dashboard/node_modules/.complete

# This machine's processor, as AWS calls it.
ARCHITECTURE := $(if $(filter arm64 aarch64,$(shell uname -m)),arm64,x86_64)
TEMPLATES := $(wildcard template.yaml infra/*.yaml)
GO := dashboard/*.go functions shared infra
WEB := dashboard/package.json dashboard/index.html dashboard/vite.config.ts $(shell find dashboard/src -type f)

# RACE=-race makes `make test` look for data races, as .ci/run does.
RACE ?=
FUZZTIME ?= 20s

.PHONY: help
help: ## Show this
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1	\2/p' Makefile | expand -t 21

.PHONY: run
run: need-go servers dashboard ## Start the whole product on this machine: no AWS account, no Docker
	@test -e $(BIN)/local || echo 'Building the local stack. The first time takes a minute or two.'
	@go build -o $(BIN)/local ./infra/local
	@exec $(BIN)/local

.PHONY: sam-local
sam-local: need-go servers dashboard functions-here ## The same with each function in Lambda's container, on port 3001: needs Docker
	@go build -o $(BIN)/local ./infra/local
	@exec $(BIN)/local -sam

# The functions for this machine's processor, and what they run in.
.PHONY: functions-here
functions-here: $(BIN)/sam
	@infra/tools/need-lambda-image .atrium/python/sam/bin/python
	@echo 'Building the functions. The first time takes a minute or two.'
	@$(BIN)/sam build --build-dir .aws-sam/local --parameter-overrides Architecture=$(ARCHITECTURE) >$(BIN)/build.log 2>&1 || { cat $(BIN)/build.log >&2; exit 1; }

.PHONY: reset
reset: need-go ## Forget the data that `make run` keeps
	@go build -o $(BIN)/local ./infra/local
	@exec $(BIN)/local -reset

.PHONY: test
test: need-go servers dashboard dynamodb-local ## Run every test, and the storage tests on AWS's DynamoDB Local too
	@infra/tools/need-chromium || test "$$CI" != true
	@if docker version >/dev/null 2>&1; then $(MAKE) functions-here; else \
		echo 'Left out: what runs in Lambda containers, as no Docker engine answers.'; test "$$CI" != true; fi
	go test $(RACE) ./...
	@go run ./infra/describe/rights/compare
	@if infra/tools/need-chromium; then $(MAKE) test-dashboard; else test "$$CI" != true; fi
	@echo 'The storage tests again, on DynamoDB Local:'
	ATRIUM_TEST_SERVER=dynamodb-local go test -p 2 $$(grep -rl --include='*_test.go' '"atrium/shared/apitest"' shared infra/describe infra/repair | xargs -n 1 dirname | sort -u | sed 's,^,./,')

.PHONY: test-dashboard
test-dashboard: need-go servers dashboard ## Try the dashboard in a Chromium, against the whole product
	@infra/tools/need-chromium
	go build -o $(BIN)/local ./infra/local
	cd dashboard && npm run --silent test

.PHONY: rights
rights: need-go servers dashboard ## Write down what tests saw each function do with the table, for its role
	@rm -rf .atrium/rights
	ATRIUM_RECORD_RIGHTS=1 go test -count=1 ./dashboard ./shared/... ./infra/describe/events ./infra/operator
	@go run ./infra/describe/rights/compare -write

.PHONY: fuzz
fuzz: need-go ## Fuzz each fuzz target for FUZZTIME (20s)
	@grep -Ero --include='*_test.go' '^func Fuzz[A-Za-z0-9_]*' shared infra | sed -E 's,/[^/]*:func , ,' | while read -r folder target; do \
		go test "./$$folder" -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) || exit 1; \
	done

.PHONY: bench
bench: need-go servers ## Measure starts, warm calls, growth and throughput: BENCHMARKS.md
	go run ./infra/bench

.PHONY: mail
mail: need-go ## Write every mail as pages and pictures to look at, in .atrium/mails
	@if infra/tools/need-chromium; then go run ./infra/mails; else go run ./infra/mails -pictures=false; fi

.PHONY: pages
pages: need-go servers dashboard ## Write every state of the dashboard's pages as pictures to look at, in .atrium/pages
	@infra/tools/need-chromium && rm -rf .atrium/pages && mkdir -p .atrium/pages
	go test ./dashboard -count=1 -args -pictures $(CURDIR)/.atrium/pages
	go build -o $(BIN)/local ./infra/local
	cd dashboard && npm run --silent test -- test/pages.test.ts

# Both say what they find and need no more than go run ./infra/repair does; its
# exit status is 1 when something is wrong, which make turns into its own 2.
.PHONY: check-table repair-table
check-table: need-go ## Say what is wrong in the table after a restore: of TABLE_NAME, or of `make run`
	@go build -o $(BIN)/repair ./infra/repair
	@exec $(BIN)/repair

repair-table: need-go ## Mend it
	@go build -o $(BIN)/repair ./infra/repair
	@exec $(BIN)/repair -mend

.PHONY: build
build: need-go $(BIN)/sam ## Build the functions as `sam deploy` takes them, in .aws-sam
	$(BIN)/sam build

# What `sam build` asks for, of each function by its name in template.yaml.
build-%:
	@infra/tools/build-function '$*' '$(ARTIFACTS_DIR)'

# What they are told stands in the environment, as in make owner NAME='Olga Brandt'.
.PHONY: owner verify-sender
owner: need-go ## Open an agency (WORKSPACE, NAME, EMAIL), or make somebody its owner (WORKSPACE_ID …)
	@go run ./infra/operator owner

verify-sender: need-go ## Have an agency's mails come from its own address (WORKSPACE_ID), which SES knows
	@go run ./infra/operator sender

.PHONY: publish rotate-key
publish: dashboard ## Put the dashboard's files where the stack STACK serves them from
	@infra/tools/publish '$(STACK)'

rotate-key: ## Write a new signing key into the secret of the stack STACK; STOLEN=yes keeps none
	@infra/tools/rotate-key '$(STACK)' '$(STOLEN)'

.PHONY: generate
generate: need-go $(WEB_MODULES) ## Write again what follows from the functions: the catalogue, the description …
	go generate ./...
	cd dashboard && npm run --silent generate

.PHONY: lint
lint: need-go $(WEB_MODULES) $(BIN)/golangci-lint $(BIN)/govulncheck $(BIN)/sam $(BIN)/cfn-lint $(BIN)/checkov ## Check format, code, templates, go.mod and known vulnerabilities
	@unformatted=$$(gofmt -l $(GO)) && test -z "$$unformatted" || { echo "gofmt -w these: $$unformatted" >&2; exit 1; }
	go mod tidy -diff
	$(BIN)/golangci-lint run ./...
	cd dashboard && npm run --silent lint
	$(BIN)/sam validate --lint
	$(BIN)/cfn-lint $(TEMPLATES)
	$(BIN)/checkov --config-file infra/tools/checkov.yaml $(TEMPLATES:%=--file %)
	infra/tools/vulnerabilities $(BIN)/govulncheck

.PHONY: tools
tools: need-go servers $(WEB_MODULES) dynamodb-local $(BIN)/golangci-lint $(BIN)/govulncheck $(BIN)/sam $(BIN)/cfn-lint $(BIN)/checkov ## Install all that the other targets install when they need it

# What follows is installed once, when it is first needed.

.PHONY: need-go servers dashboard dynamodb-local
need-go:
	@infra/tools/need-go
servers: $(MODULES)/.servers
dashboard: dashboard/dist/index.html
dynamodb-local: $(MODULES)/.dynamodb-local

$(MODULES)/.servers: infra/local/package.json infra/local/install
	@infra/local/install servers
	@touch $@

# As the lock file has it. `npm ci` would not do: it wants every optional package of
# every platform to be in the registry, and some registries lack some.
$(WEB_MODULES): dashboard/package-lock.json
	@infra/tools/need-node
	@echo 'Installing what the dashboard is built with. The first time takes a minute.'
	@cd dashboard && npm install --no-save --silent
	@touch $@

dashboard/dist/index.html: $(WEB_MODULES) $(WEB)
	@cd dashboard && npm run --silent build -- --logLevel warn
	@touch $@

# npm takes away what package.json does not name: so this one comes after.
$(MODULES)/.dynamodb-local: $(MODULES)/.servers
	@infra/local/install dynamodb-local
	@touch $@

$(BIN)/golangci-lint $(BIN)/govulncheck: infra/tools/go.mod
	@echo 'Building $(@F). The first time takes minutes.'
	@cd infra/tools && go build -o ../../$@ $$(go list -f '{{.ImportPath}}' tool | grep '/$(@F)$$')
	@touch $@

# SAM's CLI and cfn-lint get along; checkov wants other versions of what they need.
$(BIN)/sam $(BIN)/cfn-lint: .atrium/python/sam/.complete
$(BIN)/checkov: .atrium/python/checkov/.complete
$(BIN)/sam $(BIN)/cfn-lint $(BIN)/checkov:
	@mkdir -p $(@D) && ln -sf ../../$(<D)/bin/$(@F) $@

.atrium/python/%/.complete: infra/tools/python/%.txt
	@infra/tools/install-python-tools $< $(@D)
	@touch $@
