import os

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
client.connect(os.environ['HOST'], int(os.environ['PORT']))
client.loop_start()

for brightness in range(10, 101, 10):
    message = client.publish('home/lamp/set', brightness, qos=1)
    message.wait_for_publish()
client.disconnect()
