// What Argo CD's Source Hydrator writes, by the libraries that it uses.
//
//	hydrate manifest < objects.json               a JSON list of objects as a manifest.yaml: go-yaml v3, an indent of two
//	hydrate metadata < hydrator.metadata          its keys, their order and its escapes
//	hydrate readme SETTINGS.go < hydrator.metadata    the README.md, by the template that Argo CD has for it in its source file
package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"text/template"

	"go.yaml.in/yaml/v3"
)

type commit struct {
	Author  string `json:"author,omitempty"`
	Date    string `json:"date,omitempty"`
	Subject string `json:"subject,omitempty"`
	Body    string `json:"body,omitempty"`
	SHA     string `json:"sha,omitempty"`
	RepoURL string `json:"repoUrl,omitempty"`
}

type reference struct {
	Commit *commit `json:"commit,omitempty"`
}

type metadata struct {
	RepoURL    string      `json:"repoURL,omitempty"`
	DrySHA     string      `json:"drySha,omitempty"`
	Commands   []string    `json:"commands,omitempty"`
	Author     string      `json:"author,omitempty"`
	Date       string      `json:"date,omitempty"`
	Subject    string      `json:"subject,omitempty"`
	Body       string      `json:"body,omitempty"`
	References []reference `json:"references,omitempty"`
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "hydrate:", err)
		os.Exit(1)
	}
}

func read(into any) {
	in := json.NewDecoder(os.Stdin)
	in.DisallowUnknownFields()
	must(in.Decode(into))
}

func writeManifest() {
	var objects []map[string]any
	read(&objects)
	out := yaml.NewEncoder(os.Stdout)
	out.SetIndent(2)
	for _, object := range objects {
		must(out.Encode(object))
	}
	must(out.Close())
}

func writeMetadata() {
	var said metadata
	read(&said)
	out := json.NewEncoder(os.Stdout)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	must(out.Encode(said))
}

// Strings that are put together with +.
func text(of ast.Expr) string {
	switch e := of.(type) {
	case *ast.BasicLit:
		value, err := strconv.Unquote(e.Value)
		must(err)
		return value
	case *ast.BinaryExpr:
		return text(e.X) + text(e.Y)
	}
	must(fmt.Errorf("no text: %T", of))
	return ""
}

func readmeTemplate(path string) string {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	must(err)
	found := file.Scope.Lookup("DefaultManifestHydrationReadmeTemplate")
	if found == nil {
		must(fmt.Errorf("%s has no template", path))
	}
	return text(found.Decl.(*ast.ValueSpec).Values[0])
}

func writeReadme(settings string) {
	var said metadata
	read(&said)
	// Of references, which a folder has none of.
	unused := func(...any) string { panic("not for folders") }
	parsed, err := template.New("readme").Funcs(template.FuncMap{"mustRegexFind": unused, "trunc": unused}).Parse(readmeTemplate(settings))
	must(err)
	must(parsed.Execute(os.Stdout, said))
}

func main() {
	switch what := os.Args[1]; what {
	case "manifest":
		writeManifest()
	case "metadata":
		writeMetadata()
	case "readme":
		writeReadme(os.Args[2])
	default:
		must(fmt.Errorf("unknown: %s", what))
	}
}
