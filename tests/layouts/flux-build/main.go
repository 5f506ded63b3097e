// Builds a folder as Flux's kustomize-controller does before it applies it, postBuild's substitution included: with no variable set, whatever it would
// replace is lost. usage: flux-build ROOT FOLDER
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/fluxcd/pkg/kustomize"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "flux-build:", err)
		os.Exit(1)
	}
}

func main() {
	root, folder := os.Args[1], os.Args[2]
	kustomization := unstructured.Unstructured{Object: map[string]any{"spec": map[string]any{}}}
	action, err := kustomize.NewGenerator(root, kustomization).WriteFile(folder)
	must(err)
	built, err := kustomize.SecureBuild(root, folder, false)
	must(err)
	must(kustomize.CleanDirectory(folder, action))
	for _, resource := range built.Resources() {
		replaced, err := kustomize.SubstituteVariables(context.Background(), nil, kustomization, resource, kustomize.SubstituteWithDryRun(true), kustomize.SubstituteWithAlways(true))
		must(err)
		if replaced == nil {
			replaced = resource
		}
		text, err := replaced.AsYAML()
		must(err)
		fmt.Printf("---\n%s", text)
	}
}
