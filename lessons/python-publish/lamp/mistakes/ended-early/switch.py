import os
import threading

import paho.mqtt.client as mqtt
import paho.mqtt.publish as publish
import paho.mqtt.subscribe as subscribe

room = {
    'hostname': os.environ['HOST'],
    'port': int(os.environ['PORT']),
    'auth': {'username': os.environ['ROOM']},
}
# Here both start at once: the lamp says when it listens.
subscribe.simple('home/lamp/state', **room)

publish.single('home/lamp/set', 'on', **room)

client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
client.username_pw_set(os.environ['ROOM'])

# The loop's thread is busy here, so that the program surely ends first.
here = threading.Event()
client.on_connect = lambda *_: (here.set(), threading.Event().wait())
client.connect(os.environ['HOST'], int(os.environ['PORT']))
client.loop_start()
here.wait()

for brightness in range(10, 101, 10):
    client.publish('home/lamp/set', brightness, qos=1)
