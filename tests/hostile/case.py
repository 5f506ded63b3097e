"""What a hostile input is: files, a command, and what isvcc has to answer."""
import dataclasses, os, pathlib
from typing import Callable, Optional, Union

Content = Union[bytes, str, Callable[[pathlib.Path], None]]  # a callable makes the entry itself: a link, a device, a hole


@dataclasses.dataclass
class Case:
    name: str
    files: dict[str, Content]
    exit: int                          # 0 fine, 1 refused, 2 usage or configuration, 3 input or output
    code: Optional[str] = None         # a diagnostic that must be among the findings
    arguments: tuple[str, ...] = ("check", "in")
    seconds: float = 2.0
    mebibytes: int = 256
    absent: tuple[str, ...] = ()       # texts that must be nowhere in output, messages and reports
    survivor: bool = False             # `in/good.yaml` stands beside the input and must still be compiled

    def write(self, root: pathlib.Path) -> None:
        for name, content in self.files.items():
            path = root / os.fsdecode(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            if callable(content):
                content(path)
            else:
                path.write_bytes(content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content)


SERVICE = """apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: {name: %s, namespace: team}
spec: {predictor: {model: {modelFormat: {name: sklearn}, storageUri: 'gs://bucket/model'}}}
"""
GOOD = SERVICE % "good"


def yaml(name, content, exit, code=None, **more):
    """One YAML file beside a good one."""
    return Case(f"yaml/{name}", {"in/a.yaml": content, "in/good.yaml": GOOD}, exit, code, survivor=True, **more)


def json(name, content, exit, code=None, **more):
    return Case(f"json/{name}", {"in/a.json": content, "in/good.yaml": GOOD}, exit, code, survivor=True, **more)


def jsonnet(name, content, exit, code=None, files=None, **more):
    more.setdefault("seconds", 30.0)
    more.setdefault("mebibytes", 1400)  # of the worker, whose own limit is a gibibyte
    return Case(f"jsonnet/{name}", {"in/a.jsonnet": content, "in/good.yaml": GOOD, **(files or {})}, exit, code, survivor=True, **more)


def config_map(**data):
    """A ConfigMap whose fields are YAML texts: the object itself is fine."""
    lines = "".join(f"  {key}: {value}\n" for key, value in data.items())
    return f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a, namespace: team}}\ndata:\n{lines}"


def service(predictor="model: {modelFormat: {name: sklearn}, storageUri: 'gs://b/m'}", metadata="", name="a"):
    return ("apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\n"
            f"metadata:\n  name: {name}\n  namespace: team\n{metadata}spec:\n  predictor:\n    {predictor}\n")
