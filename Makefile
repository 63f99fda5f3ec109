# Everything a developer or a machine runs. `make run` and `make test` need only Python 3.11 or later, and make.

SHELL := /bin/sh
.DEFAULT_GOAL := run
.PHONY: run test bench faults fuzz soak format pins clean tmux sshd
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
UV ?= uv
ARGS ?=

# The first Python here that is new enough; PYTHON=... on the command line chooses another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)

run: $(VENV)/run.stamp
	@exec $(BIN)/dabiao $(ARGS)

test: tmux sshd $(VENV)/test.stamp
	@echo "== 格式 format" && $(BIN)/ruff format --check .
	@echo "== 规范 lint" && $(BIN)/ruff check .
	@echo "== 类型 types" && $(BIN)/mypy
	@echo "== 依赖方向 import contracts" && $(BIN)/lint-imports
	@echo "== 测试 tests" && $(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

bench: $(VENV)/test.stamp
	@$(BIN)/python tests/bench $(ARGS)

faults: $(VENV)/test.stamp
	@$(BIN)/python tests/faults $(ARGS)

fuzz: $(VENV)/test.stamp
	@$(BIN)/python tests/fuzz $(ARGS)

soak: $(VENV)/test.stamp
	@$(BIN)/python tests/soak $(ARGS)

format: $(VENV)/test.stamp
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

# For whoever changes a dependency: pins with hashes, for every platform, without the name of any host.
COMPILE := $(UV) pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header
pins:
	@command -v $(UV) >/dev/null || { echo "更新依赖清单需要 uv：pip install uv · Renewing the pins needs uv: pip install uv" >&2; exit 2; }
	$(COMPILE) --extra build --output-file pins/run.txt
	$(COMPILE) --extra build --extra test --constraint pins/run.txt --output-file pins/test.txt

clean:
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find engine models tui tests -name __pycache__ -prune -exec rm -rf {} +

tmux:
	@command -v tmux >/dev/null || { echo "测试要用 tmux，请先安装：apt install tmux · The tests need tmux; install it first: apt install tmux" >&2; exit 2; }

sshd:
	@test -x /usr/sbin/sshd && command -v ssh >/dev/null && command -v ssh-keygen >/dev/null || { echo "测试要用 OpenSSH，请先安装：apt install openssh-server openssh-client · The tests need OpenSSH; install it first: apt install openssh-server openssh-client" >&2; exit 2; }

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更高版本，请先安装：apt install python3 · Python 3.11 or later is needed; install it first: apt install python3" >&2; exit 2; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "缺少 Python 的 venv 模块，请先安装：apt install python3-venv · The venv module of Python is missing; install it first: apt install python3-venv" >&2; exit 2; }
	@echo "正在准备，首次需要一两分钟 · Setting up, the first time takes a minute or two" >&2
	@"$(PYTHON)" -m venv $(VENV)

# Byte-code is made here, so that not even the first start pays for it.
$(VENV)/run.stamp: pins/run.txt pyproject.toml | $(BIN)/python
	@$(PIP) --require-hashes -r pins/run.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q $(VENV)/lib engine models tui
	@touch $@

$(VENV)/test.stamp: pins/test.txt $(VENV)/run.stamp
	@$(PIP) --require-hashes -r pins/test.txt
	@touch $@
