// Reads documents as Kubernetes does: one a line in base64; answers "ok JSON" or "error MESSAGE" a line, both in base64 behind the word.
package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"os"

	"sigs.k8s.io/yaml"
)

func read(text []byte) (answer string, value string) {
	defer func() {
		if crash := recover(); crash != nil {
			answer, value = "error", fmt.Sprint("panic: ", crash)
		}
	}()
	json, err := yaml.YAMLToJSON(text)
	if err != nil {
		return "error", err.Error()
	}
	return "ok", string(json)
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for lines.Scan() {
		text, err := base64.StdEncoding.DecodeString(lines.Text())
		if err != nil {
			panic(err)
		}
		answer, value := read(text)
		fmt.Fprintln(out, answer, base64.StdEncoding.EncodeToString([]byte(value)))
	}
}
