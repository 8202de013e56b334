# Atrium. `make` says what there is; `make run` and `make test` are all that a
# fresh clone needs. It keeps to what GNU make 3.81 knows: macOS has that one.

SHELL := /bin/bash
.DEFAULT_GOAL := help

# What is built and installed for this folder, and nothing else, is in here.
BIN := .atrium/bin
MODULES := infra/local/node_modules

FUNCTIONS := $(patsubst functions/%/main.go,%,$(wildcard functions/*/main.go))
GO := dashboard functions shared infra

# RACE=-race makes `make test` look for data races, as .ci/run does.
RACE ?=
FUZZTIME ?= 20s

.PHONY: help
help: ## Show this
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1	\2/p' Makefile | expand -t 21

.PHONY: run
run: need-go servers ## Start the whole product on this machine: no AWS account, no Docker
	@test -e $(BIN)/local || echo 'Building the local stack. The first time takes a minute or two.'
	@go build -o $(BIN)/local ./infra/local
	@exec $(BIN)/local

.PHONY: reset
reset: need-go ## Forget the data that `make run` keeps
	@go build -o $(BIN)/local ./infra/local
	@exec $(BIN)/local -reset

.PHONY: test
test: need-go servers dynamodb-local ## Run every test, and the storage tests on AWS's DynamoDB Local too
	@infra/tools/need-chromium || test "$$CI" != true
	go test $(RACE) ./...
	@echo 'The storage tests again, on DynamoDB Local:'
	ATRIUM_TEST_SERVER=dynamodb-local go test -p 2 $$(grep -rl --include='*_test.go' '"atrium/shared/apitest"' shared infra/describe infra/repair | xargs -n 1 dirname | sort -u | sed 's,^,./,')

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
pages: need-go servers ## Write every state of the dashboard's pages as pictures to look at, in .atrium/pages
	@infra/tools/need-chromium && rm -rf .atrium/pages && mkdir -p .atrium/pages
	go test ./dashboard -count=1 -args -pictures $(CURDIR)/.atrium/pages

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
build: need-go ## Build each function as bin/<function>/bootstrap
	@rm -rf bin .atrium/functions && mkdir -p .atrium/functions
	CGO_ENABLED=0 go build -tags lambda.norpc -trimpath -ldflags '-s -w' -o .atrium/functions/ ./functions/...
	@for f in $(FUNCTIONS); do mkdir -p "bin/$$f" && mv ".atrium/functions/$$f" "bin/$$f/bootstrap" || exit 1; done
	@echo '$(words $(FUNCTIONS)) functions in bin/'

.PHONY: generate
generate: need-go ## Write again what follows from the functions: the catalogue, the description …
	go generate ./...

.PHONY: lint
lint: need-go $(BIN)/golangci-lint $(BIN)/govulncheck $(BIN)/cfn-lint ## Check format, code, templates, go.mod and known vulnerabilities
	@unformatted=$$(gofmt -l $(GO)) && test -z "$$unformatted" || { echo "gofmt -w these: $$unformatted" >&2; exit 1; }
	go mod tidy -diff
	$(BIN)/golangci-lint run ./...
	$(BIN)/cfn-lint $(wildcard template.yaml infra/*.yaml)
	infra/tools/vulnerabilities $(BIN)/govulncheck

.PHONY: tools
tools: need-go servers dynamodb-local $(BIN)/golangci-lint $(BIN)/govulncheck $(BIN)/cfn-lint ## Install all that the other targets install when they need it

# What follows is installed once, when it is first needed.

.PHONY: need-go servers dynamodb-local
need-go:
	@infra/tools/need-go
servers: $(MODULES)/.servers
dynamodb-local: $(MODULES)/.dynamodb-local

$(MODULES)/.servers: infra/local/package.json infra/local/install
	@infra/local/install servers
	@touch $@

# npm takes away what package.json does not name: so this one comes after.
$(MODULES)/.dynamodb-local: $(MODULES)/.servers
	@infra/local/install dynamodb-local
	@touch $@

$(BIN)/golangci-lint $(BIN)/govulncheck: infra/tools/go.mod
	@echo 'Building $(@F). The first time takes minutes.'
	@cd infra/tools && go build -o ../../$@ $$(go list -f '{{.ImportPath}}' tool | grep '/$(@F)$$')
	@touch $@

$(BIN)/cfn-lint: infra/tools/requirements.txt
	@infra/tools/install-cfn-lint .atrium/venv
	@mkdir -p $(@D) && ln -sf ../venv/bin/cfn-lint $@
