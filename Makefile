# Everything a developer or a machine runs. `make run` and `make test` are enough to
# begin with; both need nothing but Go and make.
#
# Flags stand here once: Go keeps what it has compiled by its flags, and another set
# of them compiles the toolkit afresh.

VERSION  := $(shell sed -n 's/^ *Version *= *"\(.*\)"/\1/p' FyneApp.toml)
OS       := $(shell uname -s)

PRODUCT_TAGS := migrated_fynedo,no_emoji
ifeq ($(OS),Linux)
WINDOW_TAGS  := x11,$(PRODUCT_TAGS)
else
WINDOW_TAGS  := $(PRODUCT_TAGS)
endif
LDFLAGS  := -s -w -buildid= -X main.version=$(VERSION)
BUILD    := -trimpath -buildvcs=false
# gcc takes minutes over the OpenGL bindings, clang seconds.
WITH_C   := CGO_ENABLED=1 CC=clang
# Without C, and with the toolkit's window taken off: for everything but the window.
WITHOUT_C := CGO_ENABLED=0
TEST_TAGS := ci

OUT      := out
PROGRAM  := $(OUT)/counterbook
TOURED   := $(OUT)/tour/counterbook
WINDOWS  := $(OUT)/counterbook.exe
PICTURES ?= $(CURDIR)/$(OUT)
TOUR     ?= .
RUNARGS  ?=

GOLANGCI := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
ACTIONLINT := github.com/rhysd/actionlint/cmd/actionlint@v1.7.12

.PHONY: run test tour pictures bench soak torture lint build windows windows-tour clean vet tests

# Opens the window. Where there is no display, plays the tour in a virtual one and
# leaves pictures and an invoice in out/.
run:
ifeq ($(OS),Linux)
	@if [ -n "$$DISPLAY" ]; then \
	  $(MAKE) build && exec $(PROGRAM) $(RUNARGS); \
	else \
	  echo "There is no display: playing the tour in a virtual one."; \
	  $(MAKE) tour && ls -l $(PICTURES); \
	fi
else
	go run $(BUILD) -tags $(WINDOW_TAGS) . $(RUNARGS)
endif

build:
	@.ci/packages build
	$(WITH_C) go build $(BUILD) -tags $(WINDOW_TAGS) -ldflags '$(LDFLAGS)' -o $(PROGRAM) .

# Everything that needs neither a display nor C.
test: vet tests

# One processor for each system is enough: nothing here is written for one alone.
vet:
	@test -z "$$(gofmt -l .)" || { echo "not formatted:"; gofmt -l .; exit 1; }
	$(WITHOUT_C) go vet -tags $(TEST_TAGS) ./...
	$(WITHOUT_C) go vet -tags $(TEST_TAGS),tour ./ui/tour/...
	$(WITHOUT_C) go vet .ci/gotest/main.go
	$(WITHOUT_C) GOOS=windows GOARCH=amd64 go vet -tags $(TEST_TAGS) ./...
	$(WITHOUT_C) GOOS=darwin GOARCH=arm64 go vet -tags $(TEST_TAGS),mobile ./...

tests:
	@$(WITHOUT_C) go run .ci/gotest/main.go -tags $(TEST_TAGS) ./...
	@$(WITHOUT_C) go run .ci/gotest/main.go -tags $(TEST_TAGS),tour ./ui/tour/screenmap

# Drives the real window with mouse and keyboard in a virtual display. TOUR is what
# of it is played, as in `go test -run`.
tour:
	@.ci/packages build window
	$(WITH_C) go build $(BUILD) -tags $(WINDOW_TAGS),tour -ldflags '$(LDFLAGS)' -o $(TOURED) .
	TOUR_PROGRAM=$(CURDIR)/$(TOURED) TOUR_OUT=$(PICTURES) \
	  $(WITHOUT_C) go run .ci/gotest/main.go -count=1 -timeout 20m -tags $(TEST_TAGS),tour -run '$(TOUR)' ./ui/tour

# Takes the pictures that the README shows anew, in docs/pictures.
pictures:
	README_PICTURES=$(CURDIR)/docs/pictures $(MAKE) tour TOUR=TestTheMadeUpShop

# Prints what the budgets are and what this machine needs, with few customers and
# with many, and fails where a ratio is past its limit. Making the large book takes
# some minutes; measure on a machine that does nothing else.
BENCH_SIZES ?= 1000 100000
BENCH_DIR   := $(CURDIR)/$(OUT)/bench

bench:
	@.ci/packages build window
	$(WITH_C) go build $(BUILD) -tags $(WINDOW_TAGS),tour -ldflags '$(LDFLAGS)' -o $(TOURED) .
	@mkdir -p $(BENCH_DIR) && rm -f $(BENCH_DIR)/table.txt
	@code=0; for n in $(BENCH_SIZES); do \
	  BENCH=$$n BENCH_DIR=$(BENCH_DIR) TOUR_PROGRAM=$(CURDIR)/$(TOURED) $(WITHOUT_C) \
	    go run .ci/gotest/main.go -count=1 -p 1 -timeout 60m -tags $(TEST_TAGS),tour -run '^TestBudget' \
	    ./store ./ui ./ui/invoices ./ui/tour || code=1; \
	done; cat $(BENCH_DIR)/table.txt; exit $$code

# Plays three days at the counter, one of which the tests play: memory, goroutines
# and open files must be at the end what they were after the first hour.
soak:
	DAYS=3 $(WITHOUT_C) go test -tags $(TEST_TAGS) -count=1 -timeout 30m -v -run '^TestADayAtTheCounter' ./ui

# Flips every byte of a book, cuts the power at every call, kills, and lets disks fail:
# all of what the tests do a little of, and prints a table. It takes about an hour;
# TORTURE is what of it is run, as in `go test -run`, and FUZZTIME how long each
# fuzz target is.
TORTURE     ?= .
FUZZTIME    ?= 30s
TORTURE_DIR := $(CURDIR)/$(OUT)/torture

torture:
	@.ci/packages trace
	@mkdir -p $(TORTURE_DIR) && rm -f $(TORTURE_DIR)/table.txt
	@code=0; \
	  TORTURE_DIR=$(TORTURE_DIR) $(WITHOUT_C) go run .ci/gotest/main.go -count=1 -timeout 4h -tags $(TEST_TAGS) \
	    -run '$(TORTURE)' ./store/torture || code=1; \
	  TORTURE_DIR=$(TORTURE_DIR) FUZZTIME=$(FUZZTIME) $(WITHOUT_C) .ci/fuzz $(TEST_TAGS) '$(TORTURE)' || code=1; \
	  cat $(TORTURE_DIR)/table.txt; exit $$code

lint:
	go run $(GOLANGCI) run
	go run $(ACTIONLINT)

# The program for Windows, made on Linux: see packaging/windows/build.
windows:
	@.ci/packages windows
	packaging/windows/build $(WINDOWS) $(BUILD) -tags $(PRODUCT_TAGS) -ldflags '$(LDFLAGS)'

# The tour with the Windows program, under Wine, which needs .ci/wine/overlay.
windows-tour:
	@.ci/packages windows wine window
	.ci/wine/prefix $(OUT)/wine
	packaging/windows/build $(OUT)/tour/counterbook.exe $(BUILD) \
	  -overlay "$$(.ci/wine/overlay $(OUT)/wine-overlay)" -tags $(PRODUCT_TAGS),tour -ldflags '$(LDFLAGS)'
	WINEPREFIX=$(CURDIR)/$(OUT)/wine TOUR_RUNNER=$(CURDIR)/.ci/wine/exec \
	  TOUR_PROGRAM=$(CURDIR)/$(OUT)/tour/counterbook.exe TOUR_OUT=$(PICTURES)/windows \
	  $(WITHOUT_C) go run .ci/gotest/main.go -count=1 -timeout 30m -tags $(TEST_TAGS),tour -run '$(TOUR)' ./ui/tour

clean:
	rm -rf $(OUT)
