// A capability provider of wasmCloud 0.x in Go: wasmcloud:keyvalue in memory.
//
// Everything is in docs/how-a-provider-works.md; the comments name its sections.
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/vmihailenco/msgpack/v5"
)

// Start and host data: one line on standard input, base64 with or without padding around JSON.

type link struct {
	Actor    string            `json:"actor_id" msgpack:"actor_id"`
	Provider string            `json:"provider_id" msgpack:"provider_id"`
	Name     string            `json:"link_name" msgpack:"link_name"`
	Values   map[string]string `json:"values" msgpack:"values"`
}

type hostData struct {
	HostID         string   `json:"host_id"`
	Lattice        string   `json:"lattice_rpc_prefix"`
	LinkName       string   `json:"link_name"`
	NatsURL        string   `json:"lattice_rpc_url"`
	ProviderKey    string   `json:"provider_key"`
	Links          []link   `json:"link_definitions"`
	ClusterIssuers []string `json:"cluster_issuers"`
}

func readHostData() (hostData, error) {
	var data hostData
	line, _ := bufio.NewReader(os.Stdin).ReadString('\n')
	line = strings.TrimRight(strings.TrimSpace(line), "=")
	if line == "" {
		return data, errors.New("stdin is empty - expecting host data")
	}
	text, err := base64.RawStdEncoding.DecodeString(line)
	if err != nil {
		return data, errors.New("the host data is not base64")
	}
	if json.Unmarshal(text, &data) != nil {
		return data, errors.New("the host data is not valid JSON") // without the text, which holds secrets
	}
	if data.ProviderKey == "" || data.Lattice == "" || data.LinkName == "" {
		return data, errors.New("the host data lacks provider_key, lattice_rpc_prefix or link_name")
	}
	return data, nil
}

type provider struct {
	data    hostData
	nats    *nats.Conn
	stream  nats.JetStreamContext
	store   *store
	mutex   sync.Mutex
	links   map[string]map[string]string
	slots   chan struct{}
	stopped chan struct{}
}

func main() {
	data, err := readHostData()
	if err == nil {
		err = run(data)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "cannot start:", err)
		os.Exit(1)
	}
}

func run(data hostData) error {
	p := &provider{
		data:    data,
		store:   newStore(),
		links:   map[string]map[string]string{},
		slots:   make(chan struct{}, 1024),
		stopped: make(chan struct{}, 1),
	}
	for _, l := range data.Links {
		p.links[l.Actor] = l.Values
	}
	url := data.NatsURL
	if url == "" {
		url = nats.DefaultURL
	}
	var err error
	p.nats, err = nats.Connect(url, nats.MaxReconnects(-1), nats.ReconnectWait(200*time.Millisecond),
		nats.ReconnectHandler(func(*nats.Conn) { go p.syncLinks() }))
	if err != nil {
		return err
	}
	if p.stream, err = p.nats.JetStream(); err != nil {
		return err
	}
	subject := fmt.Sprintf("wasmbus.rpc.%s.%s.%s", data.Lattice, data.ProviderKey, data.LinkName)
	if _, err = p.nats.QueueSubscribe(subject, "rpc", p.onCall); err != nil {
		return err
	}
	for suffix, handler := range map[string]nats.MsgHandler{
		".linkdefs.put": p.onPut, ".linkdefs.del": p.onDelete, ".shutdown": p.onShutdown, ".health": p.onHealth,
	} {
		if _, err = p.nats.Subscribe(subject+suffix, handler); err != nil {
			return err
		}
	}
	if err = p.nats.Flush(); err != nil {
		return err
	}
	go p.syncLinks()
	terminated := make(chan os.Signal, 1)
	signal.Notify(terminated, syscall.SIGTERM)
	select {
	case <-terminated:
	case <-p.stopped:
	}
	p.nats.Close()
	return nil
}

// Links: puts come many times, and those from before this process listened have to be asked for.

func (p *provider) onPut(message *nats.Msg) {
	var l link
	if err := msgpack.Unmarshal(message.Data, &l); err != nil || l.Actor == "" {
		fmt.Fprintln(os.Stderr, "WARN ignoring a link message:", err)
		return
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.links[l.Actor] = l.Values
}

func (p *provider) onDelete(message *nats.Msg) {
	var l link
	if err := msgpack.Unmarshal(message.Data, &l); err != nil {
		fmt.Fprintln(os.Stderr, "WARN ignoring a link message:", err)
		return
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	delete(p.links, l.Actor)
}

// syncLinks asks for all links until two answers have come; a link is dropped only if both leave it out.
func (p *provider) syncLinks() {
	var leftOut map[string]bool
	for attempt := 0; attempt < 10; attempt++ {
		answer, err := p.nats.Request("wasmbus.ctl."+p.data.Lattice+".get.links", nil, 2*time.Second)
		var all struct {
			Links []link `json:"links"`
		}
		if err != nil || json.Unmarshal(answer.Data, &all) != nil || all.Links == nil {
			time.Sleep(time.Second) // nobody there yet, or nothing of use: what is linked stays linked
			continue
		}
		gone := p.apply(all.Links, leftOut)
		if leftOut != nil {
			return
		}
		leftOut = gone
		time.Sleep(2 * time.Second)
	}
}

func (p *provider) apply(all []link, leftOutBefore map[string]bool) map[string]bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	there := map[string]bool{}
	for _, l := range all {
		if l.Provider == p.data.ProviderKey && l.Name == p.data.LinkName {
			there[l.Actor] = true
			p.links[l.Actor] = l.Values
		}
	}
	gone := map[string]bool{}
	for actor := range p.links {
		if !there[actor] {
			gone[actor] = true
			if leftOutBefore[actor] {
				delete(p.links, actor)
			}
		}
	}
	return gone
}

func (p *provider) isLinked(actor string) bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	_, linked := p.links[actor]
	return linked
}

// Health and shutdown.

func (p *provider) onHealth(message *nats.Msg) {
	body, _ := msgpack.Marshal(map[string]bool{"healthy": true})
	respond(message, body)
}

func (p *provider) onShutdown(message *nats.Msg) {
	var request struct {
		HostID string `json:"host_id"`
	}
	_ = json.Unmarshal(message.Data, &request) // hosts of old send nothing
	if message.Reply == "" || (request.HostID != "" && request.HostID != p.data.HostID) {
		return
	}
	respond(message, []byte("shutting down"))
	_ = p.nats.Flush()
	p.stopped <- struct{}{}
}

func respond(message *nats.Msg, body []byte) {
	if message.Reply != "" {
		if err := message.Respond(body); err != nil {
			fmt.Fprintln(os.Stderr, "WARN cannot reply:", err)
		}
	}
}
